import type { PageRequest, RowSelection } from '@shared/models/table-data';
import { DatabaseError } from '../../../db/errors/database-error';
import { qualifiedName, quoteIdentifier } from '@shared/sql/identifiers';
import { columnCondition } from './column-condition';
import { afterCursor } from './keyset';
import { Parameters } from './parameters';
import type { RelationShape, ShapeColumn } from './relation-shape';
import { orderBy, type OrderItem, placeSql, reversed, rowOrder } from './row-order';
import { stretches } from './stretches';
import { whereExpression } from './where-expression';

/** A statement with its values. */
export interface BuiltStatement {
  readonly text: string;
  readonly values: readonly (string | null)[];
}

/** The conditions of a selection, each as SQL; the person's own text comes last. */
export function conditions(
  shape: RelationShape,
  selection: RowSelection,
  parameters: Parameters,
): readonly string[] {
  const where = whereExpression(selection.where);
  return [
    ...selection.filters.map((filter) => columnCondition(shape, filter, parameters)),
    ...(where === null ? [] : [where]),
  ];
}

/** WHERE with all of the conditions; nothing where there are none. */
export const whereClause = (all: readonly string[]): string =>
  all.length === 0 ? '' : ` WHERE ${all.join(' AND ')}`;

/** FROM with the relation by its exact name. */
export const fromClause = ({ relation }: Pick<RelationShape, 'relation'>): string =>
  `FROM ${qualifiedName(relation.schema, relation.name)}`;

/** What is selected, as SQL: the columns that may be read, and what else tells a row's place in an order. */
export function selectList(shape: RelationShape, order: readonly OrderItem[]): string {
  const places = order.map(placeSql).filter((sql) => sql !== null);
  return [...shape.columns.map(({ name }) => quoteIdentifier(name)), ...places].join(', ');
}

/** Where the values of a row's cursor stand among the selected columns. */
export function cursorColumns(shape: RelationShape, selection: RowSelection): number[] {
  let next = shape.columns.length;
  return rowOrder(shape, selection.sort).map((item) => {
    if (placeSql(item) === null) return shape.columns.findIndex(({ name }) => name === item.name);
    next += 1;
    return next - 1;
  });
}

/**
 * The statements that together give one page in the direction of reading (a backward page begins with
 * its last row): each is asked for the rows that those before it left wanting.
 */
export function selectPage(
  shape: RelationShape,
  selection: RowSelection,
  { direction, from }: Pick<PageRequest, 'direction' | 'from'>,
): readonly ((maxRows: number) => BuiltStatement)[] {
  const forward = rowOrder(shape, selection.sort);
  const order = direction === 'backward' ? reversed(forward) : forward;
  return stretches(order, from).map((stretch) => (maxRows) => {
    const parameters = new Parameters();
    const all = [...conditions(shape, selection, parameters)];
    if (stretch.condition !== null) all.push(stretch.condition);
    if (stretch.from !== null) all.push(afterCursor(stretch.order, stretch.from, parameters));
    const text =
      `SELECT ${selectList(shape, forward)} ${fromClause(shape)}${whereClause(all)}` +
      ` ORDER BY ${orderBy(stretch.order)} LIMIT ${maxRows}`;
    return { text, values: parameters.values };
  });
}

/** All rows of a selection, for reading from the start to wherever a person stops. */
export function selectStream(shape: RelationShape, selection: RowSelection): BuiltStatement {
  const parameters = new Parameters();
  const all = conditions(shape, selection, parameters);
  const order = rowOrder(shape, selection.sort);
  const orderClause = order.length === 0 ? '' : ` ORDER BY ${orderBy(order)}`;
  const text = `SELECT ${selectList(shape, [])} ${fromClause(shape)}${whereClause(all)}${orderClause}`;
  return { text, values: parameters.values };
}

/** Which rows and columns go into a file, and how. */
export interface ExportedRows {
  readonly selection: RowSelection;
  /** Names of columns in their order; null is all that may be read. */
  readonly columns: readonly string[] | null;
  /** Whether the rows come in the selection's order. To sort a table that nobody looks at costs time. */
  readonly isOrdered: boolean;
}

/**
 * The columns that go into a file: those that are named, or all that may be read. INSERT can give no
 * value to a generated one. Raises DatabaseError of kind InvalidInput for a column that is not there.
 */
export function exportedColumns(
  shape: RelationShape,
  columns: ExportedRows['columns'],
  isForInsert: boolean,
): readonly ShapeColumn[] {
  const chosen = columns?.map((name) => {
    const found = shape.columns.find((column) => column.name === name);
    if (found !== undefined) return found;
    throw new DatabaseError({
      kind: 'InvalidInput',
      message: `There is no column "${name}" to export (any more).`,
      advice: 'Reload the table.',
    });
  });
  return (chosen ?? shape.columns).filter(({ isGenerated }) => !(isGenerated && isForInsert));
}

/**
 * The rows of a selection for a file. A table without a key is read as it lies unless an order is asked
 * for: to sort all of it by the place of its rows would cost a sort and tell nobody anything.
 */
export function selectForExport(
  shape: RelationShape,
  { selection, isOrdered }: Pick<ExportedRows, 'selection' | 'isOrdered'>,
  columns: readonly ShapeColumn[],
  maxRows: number | null,
): BuiltStatement {
  const parameters = new Parameters();
  const all = conditions(shape, selection, parameters);
  const isUnsorted = !isOrdered || (shape.paging === 'storage' && selection.sort.length === 0);
  const order = isUnsorted ? [] : rowOrder(shape, selection.sort);
  const list = columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  const text =
    `SELECT ${list} ${fromClause(shape)}${whereClause(all)}` +
    (order.length === 0 ? '' : ` ORDER BY ${orderBy(order)}`) +
    (maxRows === null ? '' : ` LIMIT ${maxRows}`);
  return { text, values: parameters.values };
}

/** The number of the selection's rows. */
export function selectCount(shape: RelationShape, selection: RowSelection): BuiltStatement {
  const parameters = new Parameters();
  const where = whereClause(conditions(shape, selection, parameters));
  return {
    text: `SELECT pg_catalog.count(*) AS rows ${fromClause(shape)}${where}`,
    values: parameters.values,
  };
}

/** The number of the selection's rows, as far as `limit`. */
export function selectCountUpTo(
  shape: RelationShape,
  selection: RowSelection,
  limit: number,
): BuiltStatement {
  const parameters = new Parameters();
  const where = whereClause(conditions(shape, selection, parameters));
  return {
    text: `SELECT pg_catalog.count(*) AS rows FROM (SELECT ${fromClause(shape)}${where} LIMIT ${limit}) AS counted`,
    values: parameters.values,
  };
}

/** What the planner expects of a selection. */
export function explainSelection(shape: RelationShape, selection: RowSelection): BuiltStatement {
  const parameters = new Parameters();
  const where = whereClause(conditions(shape, selection, parameters));
  return {
    text: `EXPLAIN (FORMAT JSON) SELECT ${fromClause(shape)}${where}`,
    values: parameters.values,
  };
}

/**
 * A statement that fails where one condition alone would: its values are read as values of their
 * types, its operators looked up, and a regular expression compiled, but no row is read.
 */
export function probeCondition(
  shape: RelationShape,
  filter: RowSelection['filters'][number],
): BuiltStatement {
  const parameters = new Parameters();
  const condition = columnCondition(shape, filter, parameters);
  const compiled = filter.operator === 'matches' ? `'' ~ $1::pg_catalog.text` : 'true';
  return {
    text: `SELECT ${compiled} AS compiled, (SELECT true ${fromClause(shape)} WHERE ${condition} LIMIT 0)`,
    values: parameters.values,
  };
}
