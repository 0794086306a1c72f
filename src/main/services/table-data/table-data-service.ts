import { cellText, type RowBatch } from '@shared/models/row-batch';
import type {
  BoundedCount,
  DataPage,
  DataRelation,
  PageRequest,
  RelationName,
  RowSelection,
} from '@shared/models/table-data';
import { DatabaseError } from '../../db/errors/database-error';
import type { ConnectionRegistry } from '../connections/connection-registry';
import type { OpenConnection } from '../connections/open-connection';
import { plannedRows } from '../planned-rows';
import { appendBatches } from '../query/results/append-batches';
import { describeRelation } from './describe-relation';
import { blame } from './failing-condition';
import type { ReadOnlySession, StatementRows } from './read-only-session';
import { Reads } from './reads';
import { reverseRows } from './reverse-rows';
import { RowStreams } from './row-streams';
import type { RelationShape } from './sql/relation-shape';
import {
  type BuiltStatement,
  cursorColumns,
  explainSelection,
  selectCount,
  selectCountUpTo,
  selectForExport,
  selectPage,
  selectStream,
} from './sql/select-rows';
import { readInStorageOrder } from './storage-order';

/** A number beside a line of a menu is worth no longer wait. Milliseconds. */
const countPatienceMs = 3_000;

/** A selection of an open connection, under an id by which reading it can be cancelled. */
export interface SelectionRequest {
  readonly readId: string;
  readonly selection: RowSelection;
}

/** A selection with the columns that are wanted; null is all that may be read. */
export interface ExportedSelection {
  readonly selection: RowSelection;
  readonly columns: readonly string[] | null;
}

/** A statement, and what makes its failure name the condition that it belongs to. */
export interface SelectionStatement extends BuiltStatement {
  readonly explain: (error: unknown) => Promise<DatabaseError>;
}

/**
 * The rows of relations for browsing: page by page, without anything held on the server between two
 * pages, except where a relation has nothing to page by. Every failure is a DatabaseError; one that
 * belongs to a condition names it as `field`.
 */
export class TableDataService {
  readonly #connections: ConnectionRegistry;
  readonly #reads = new Reads();
  readonly #streams = new RowStreams();
  /** What was last described: SQL is built from the catalog, never from what the renderer says. */
  readonly #shapes = new WeakMap<OpenConnection, Map<string, RelationShape>>();

  constructor(connections: ConnectionRegistry) {
    this.#connections = connections;
  }

  /** Reads the catalog anew. Raises TableNotFound and PermissionDenied among others. */
  async describe(connectionId: string, relation: RelationName): Promise<DataRelation> {
    const shape = await this.#describe(this.#connections.get(connectionId), relation);
    const { oid: _, key, columns, ...rest } = shape;
    return {
      ...rest,
      key: key.map(({ column }) => column),
      columns: columns.map(({ name, type, category, nullable, isComparable, enumLabels }) => ({
        name,
        type,
        category,
        nullable,
        isComparable,
        enumLabels,
      })),
    };
  }

  /** One page. `tabId` names who holds the unread rows of a stream, until it is closed. */
  async readPage(
    connectionId: string,
    { readId, selection, page, tabId }: SelectionRequest & { page: PageRequest; tabId: string },
  ): Promise<DataPage> {
    const connection = this.#connections.get(connectionId);
    const shape = await this.#shape(connection, selection.relation);
    const startedAt = performance.now();
    const read =
      shape.paging === 'stream'
        ? await this.#beginStream(connection, shape, selection, { readId, tabId, page })
        : await this.#readByPlace(connection, shape, selection, { readId, page });
    return {
      columns: await connection.describer.describe(read.fields),
      cursorColumns: shape.paging === 'stream' ? [] : cursorColumns(shape, selection),
      rows: page.direction === 'backward' ? reverseRows(read.rows) : read.rows,
      hasMore: read.isCut || read.rows.rowCount === page.maxRows,
      streamId: read.streamId ?? null,
      durationMs: performance.now() - startedAt,
    };
  }

  /** Further rows of a stream, which ends by itself with its last row. */
  readOn(
    tabId: string,
    streamId: string,
    maxRows: number,
  ): Promise<{ rows: RowBatch; hasMore: boolean }> {
    return this.#streams.readOn(tabId, streamId, maxRows);
  }

  /** Gives up the unread rows of a tab's stream. */
  closeStream(tabId: string): Promise<void> {
    return this.#streams.close(tabId);
  }

  /** What the planner expects, in milliseconds: good for a first word on the number of rows. */
  async estimateRows(
    connectionId: string,
    { readId, selection }: SelectionRequest,
  ): Promise<{ rows: number }> {
    const connection = this.#connections.get(connectionId);
    const shape = await this.#shape(connection, selection.relation);
    const statement = explainSelection(shape, selection);
    const run = (session: ReadOnlySession) => session.run(statement);
    const { rows } = await this.#read(connection, readId, shape, selection, run);
    return { rows: plannedRows(cellText(rows, 0, 0) ?? '[]') };
  }

  /** Counts, however long it takes; the number is text (int8). */
  async countRows(
    connectionId: string,
    { readId, selection }: SelectionRequest,
  ): Promise<{ rows: string }> {
    const connection = this.#connections.get(connectionId);
    const shape = await this.#shape(connection, selection.relation);
    const statement = selectCount(shape, selection);
    const run = (session: ReadOnlySession) => session.run(statement);
    const { rows } = await this.#read(connection, readId, shape, selection, run);
    return { rows: cellText(rows, 0, 0) ?? '' };
  }

  /**
   * Counts as far as `limit` and until the deadline. Raises Cancelled only when someone else stopped it.
   */
  async countUpTo(
    connectionId: string,
    { readId, selection, limit }: SelectionRequest & { readonly limit: number },
  ): Promise<BoundedCount> {
    const connection = this.#connections.get(connectionId);
    const shape = await this.#shape(connection, selection.relation);
    const statement = selectCountUpTo(shape, selection, limit + 1);
    const run = (session: ReadOnlySession) => session.run(statement);
    let isLate = false;
    const deadline = setTimeout(() => {
      isLate = true;
      void this.#reads.cancel(readId);
    }, countPatienceMs);
    try {
      const { rows } = await this.#read(connection, readId, shape, selection, run);
      const counted = Number(cellText(rows, 0, 0));
      return { rows: Math.min(counted, limit), isCapped: counted > limit };
    } catch (error) {
      if (isLate && error instanceof DatabaseError && error.kind === 'Cancelled') {
        return { rows: null, isCapped: false };
      }
      throw error;
    } finally {
      clearTimeout(deadline);
    }
  }

  /** The statement that reads a selection for a file, and who explains its failure. */
  async statementForExport(
    connectionId: string,
    { selection, columns }: ExportedSelection,
    maxRows: number | null,
  ): Promise<SelectionStatement> {
    const connection = this.#connections.get(connectionId);
    const shape = await this.#shape(connection, selection.relation);
    return {
      ...selectForExport(shape, selection, columns, maxRows),
      explain: (error) => this.#explain(connection, shape, selection, error),
    };
  }

  /** Stops a read; unknown ids are ignored. Never raises. */
  cancel(readId: string): Promise<void> {
    return this.#reads.cancel(readId);
  }

  async #describe(connection: OpenConnection, relation: RelationName): Promise<RelationShape> {
    const shape = await describeRelation(connection.pool, relation);
    const shapes = this.#shapes.get(connection) ?? new Map<string, RelationShape>();
    this.#shapes.set(connection, shapes.set(keyOf(relation), shape));
    return shape;
  }

  async #shape(connection: OpenConnection, relation: RelationName): Promise<RelationShape> {
    const known = this.#shapes.get(connection)?.get(keyOf(relation));
    return known ?? this.#describe(connection, relation);
  }

  #readByPlace(
    connection: OpenConnection,
    shape: RelationShape,
    selection: RowSelection,
    { readId, page }: { readId: string; page: PageRequest },
  ): Promise<StatementRows & { streamId?: string }> {
    const isUnsorted = shape.paging === 'storage' && selection.sort.length === 0;
    return this.#read(connection, readId, shape, selection, (session) =>
      isUnsorted
        ? readInStorageOrder(session, shape, selection, page)
        : readByKeyset(session, selectPage(shape, selection, page), page.maxRows),
    );
  }

  /** Rows that can be read only once stay on the server, in a transaction that can only read. */
  async #beginStream(
    connection: OpenConnection,
    shape: RelationShape,
    selection: RowSelection,
    { readId, tabId, page }: { readId: string; tabId: string; page: PageRequest },
  ): Promise<StatementRows & { streamId?: string }> {
    await this.#streams.close(tabId);
    try {
      return await this.#reads.run(connection, readId, async (session) => {
        const { rows, hasMore } = await session.stream(
          selectStream(shape, selection),
          page.maxRows,
        );
        const read = { fields: session.fields, rows, isCut: hasMore };
        if (!hasMore) return { result: read };
        const streamId = this.#streams.keep(connection, tabId, session);
        return { result: { ...read, streamId }, keepsSession: true };
      });
    } catch (error) {
      throw await this.#explain(connection, shape, selection, error);
    }
  }

  async #read<T>(
    connection: OpenConnection,
    readId: string,
    shape: RelationShape,
    selection: RowSelection,
    work: (session: ReadOnlySession) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.#reads.run(connection, readId, async (session) => ({
        result: await work(session),
      }));
    } catch (error) {
      throw await this.#explain(connection, shape, selection, error);
    }
  }

  #explain(
    connection: OpenConnection,
    shape: RelationShape,
    selection: RowSelection,
    error: unknown,
  ): Promise<DatabaseError> {
    // The next look finds out what became of the relation.
    this.#shapes.get(connection)?.delete(keyOf(selection.relation));
    return blame(connection, shape, selection, error);
  }
}

/** Runs the statements of a page until it is full. */
async function readByKeyset(
  session: ReadOnlySession,
  statements: ReturnType<typeof selectPage>,
  maxRows: number,
): Promise<StatementRows> {
  let fields: StatementRows['fields'] = [];
  const batches: RowBatch[] = [];
  let rowCount = 0;
  let isCut = false;
  for (const statement of statements) {
    const read = await session.run(statement(maxRows - rowCount));
    fields = read.fields;
    batches.push(read.rows);
    rowCount += read.rows.rowCount;
    ({ isCut } = read);
    if (isCut || rowCount >= maxRows) break;
  }
  const [only] = batches;
  const rows = batches.length === 1 && only !== undefined ? only : appendBatches(batches);
  return { fields, rows, isCut };
}

const keyOf = ({ schema, name }: RelationName): string => JSON.stringify([schema, name]);
