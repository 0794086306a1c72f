import { cellText } from '@shared/models/row-batch';
import type { PageRequest, RowSelection } from '@shared/models/table-data';
import { DatabaseError } from '../../db/errors/database-error';
import type { ReadOnlySession, StatementRows } from './read-only-session';
import { Parameters } from './sql/parameters';
import type { RelationShape } from './sql/relation-shape';
import { rowOrder } from './sql/row-order';
import { conditions, fromClause, selectList, whereClause } from './sql/select-rows';

/** Blocks of the table that are looked at first: 1 MB with blocks of the usual size. */
const firstBlocks = 128;
const growth = 8;

/**
 * A page of a table without a key, in the order in which its rows are stored, as selectPage gives it
 * for a key: a backward page begins with its last row. ORDER BY ctid over the
 * whole table would sort it all for one page; so stretches of blocks are read, each larger than the
 * one before, until one holds a page. From PostgreSQL 14 a range of places is read by itself (TID
 * range scan); earlier servers pass over the whole table for it.
 */
export async function readInStorageOrder(
  session: ReadOnlySession,
  shape: RelationShape,
  selection: RowSelection,
  page: PageRequest,
): Promise<StatementRows> {
  const blocks = await countBlocks(session, shape);
  for (let length = firstBlocks; ; length *= growth) {
    const stretch = stretchOf(page, blocks, length);
    const rows = await readStretch(session, shape, selection, page, stretch);
    if (rows.isCut || rows.rows.rowCount === page.maxRows || stretch.isLast) return rows;
  }
}

async function countBlocks(session: ReadOnlySession, { oid }: RelationShape): Promise<number> {
  const { rows } = await session.run({
    text: `SELECT pg_catalog.pg_relation_size($1::pg_catalog.oid::pg_catalog.regclass)
                / pg_catalog.current_setting('block_size')::pg_catalog.int8`,
    values: [String(oid)],
  });
  return Number((rows.rowCount === 0 ? null : cellText(rows, 0, 0)) ?? 0);
}

interface Stretch {
  /** First block, and the one behind the last. */
  readonly from: number;
  readonly to: number;
  /** Whether nothing lies beyond it in the direction of reading. */
  readonly isLast: boolean;
}

function stretchOf({ direction, from }: PageRequest, blocks: number, length: number): Stretch {
  const place = from === null ? null : blockOf(from[0] ?? '');
  if (direction === 'forward') {
    const first = place ?? 0;
    return { from: first, to: first + length, isLast: first + length >= blocks };
  }
  const end = place === null ? blocks : place + 1;
  return { from: Math.max(0, end - length), to: end, isLast: length >= end };
}

/** The block of a place such as "(12,3)". */
function blockOf(place: string): number {
  const block = /^\((\d+),\d+\)$/.exec(place)?.[1];
  if (block !== undefined) return Number(block);
  throw new DatabaseError({
    kind: 'InvalidInput',
    field: 'page',
    message: 'The place to read on from does not fit the order of the rows any more.',
    advice: 'Reload the table.',
  });
}

function readStretch(
  session: ReadOnlySession,
  shape: RelationShape,
  selection: RowSelection,
  page: PageRequest,
  { from, to, isLast }: Stretch,
): Promise<StatementRows> {
  const parameters = new Parameters();
  const tid = 'pg_catalog.tid';
  const all = [...conditions(shape, selection, parameters)];
  const isForward = page.direction === 'forward';
  if (page.from !== null) {
    all.push(`ctid ${isForward ? '>' : '<'} ${parameters.add(page.from[0] ?? null, tid)}`);
  }
  // Rows that were added meanwhile lie behind the end that was counted.
  if (isForward && !isLast) all.push(`ctid < ${parameters.add(`(${to},0)`, tid)}`);
  if (!isForward) all.push(`ctid >= ${parameters.add(`(${from},0)`, tid)}`);
  const text =
    `SELECT ${selectList(shape, rowOrder(shape, []))} ${fromClause(shape)}${whereClause(all)}` +
    ` ORDER BY ctid${isForward ? '' : ' DESC'} LIMIT ${page.maxRows}`;
  return session.run({ text, values: parameters.values });
}
