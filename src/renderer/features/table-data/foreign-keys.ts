import type { ForeignKey } from '@shared/models/table';
import type { DataRelation, RowSelection } from '@shared/models/table-data';
import { wholeRelation } from './location';

/** A row by the names of its columns. */
export type RowValues = ReadonlyMap<string, string | null>;

/** A way from a row to rows of another table, or of its own. */
export interface RelatedRows {
  readonly label: string;
  readonly selection: RowSelection;
}

/** The rows that a row refers to through the foreign keys of a column; none where a part is NULL. */
export function referencedRows(
  { foreignKeys }: Pick<DataRelation, 'foreignKeys'>,
  column: string,
  values: RowValues,
): readonly RelatedRows[] {
  return foreignKeys
    .filter(({ columns }) => columns.includes(column))
    .flatMap((key) => {
      const target = { schema: key.referencedSchema, name: key.referencedTable };
      return related(key, target, key.referencedColumns, key.columns, values);
    });
}

/** The rows of all tables that refer to a row. */
export function referringRows(
  { referencedBy }: Pick<DataRelation, 'referencedBy'>,
  values: RowValues,
): readonly RelatedRows[] {
  return referencedBy.flatMap((key) => {
    const target = { schema: key.schema, name: key.table };
    return related(key, target, key.columns, key.referencedColumns, values);
  });
}

function related(
  key: ForeignKey,
  target: RowSelection['relation'],
  targetColumns: readonly string[],
  ownColumns: readonly string[],
  values: RowValues,
): readonly RelatedRows[] {
  const own = ownColumns.map((column) => values.get(column) ?? null);
  // With NULL in it a key refers to nothing (MATCH SIMPLE and MATCH FULL alike).
  if (own.includes(null)) return [];
  // The period of a row covers or is covered by others: what is equal is the rest of the key.
  const equal = key.hasPeriod === true ? targetColumns.slice(0, -1) : targetColumns;
  const filters = equal.map((column, index) => ({
    id: crypto.randomUUID(),
    column,
    operator: 'equals' as const,
    values: [own[index] ?? ''],
  }));
  const name = target.schema === 'public' ? target.name : `${target.schema}.${target.name}`;
  return [
    {
      label: `${name} (${key.columns.join(', ')})`,
      selection: { ...wholeRelation(target), filters },
    },
  ];
}
