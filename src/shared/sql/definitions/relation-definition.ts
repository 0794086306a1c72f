import type { Column, TableInfo } from '../../models/table';
import { readableIdentifier as name } from '../identifiers';
import { literal, path } from './object-definitions';

/**
 * The statement that makes a relation: what the server prints of a view, or CREATE TABLE put together
 * from the columns, constraints and indexes, with their comments. Null for a sequence. Storage
 * parameters, tablespaces and a foreign table's server are not part of it.
 */
export function relationDefinition(info: TableInfo): string | null {
  const { kind, schema, name: relation } = info.table;
  const relationName = path(schema, relation);
  switch (kind) {
    case 'view':
      return `CREATE OR REPLACE VIEW ${relationName} AS\n${info.viewDefinition ?? ''}`;
    case 'materialized view':
      return [
        `CREATE MATERIALIZED VIEW ${relationName} AS\n${info.viewDefinition ?? ''}`,
        ...indexes(info),
      ].join('\n');
    case 'sequence':
      return null;
    case 'table':
    case 'partitioned table':
    case 'foreign table':
      return [createTable(info, relationName), ...indexes(info), ...comments(info)].join('\n');
  }
}

function createTable(info: TableInfo, relationName: string): string {
  const { table, partitionKey, inheritsFrom = [] } = info;
  const parts = [...info.columns.map(columnClause), ...constraintClauses(info)];
  const bases = inheritsFrom.map((base) => path(base.schema, base.name)).join(', ');
  return [
    table.partitionOf !== null &&
      `-- A partition of ${path(table.partitionOf.schema, table.partitionOf.name)}.\n`,
    `CREATE ${table.kind === 'foreign table' ? 'FOREIGN ' : ''}TABLE ${relationName} (`,
    parts.length > 0 && `\n  ${parts.join(',\n  ')}\n`,
    ')',
    bases !== '' && ` INHERITS (${bases})`,
    typeof partitionKey === 'string' && ` PARTITION BY ${partitionKey}`,
    ';',
  ]
    .filter((part) => part !== false)
    .join('');
}

function columnClause(column: Column): string {
  return [
    name(column.name),
    column.type,
    column.collation !== null && `COLLATE ${column.collation}`,
    column.identity !== null && `GENERATED ${column.identity.toUpperCase()} AS IDENTITY`,
    column.default !== null &&
      (column.generated === null
        ? `DEFAULT ${column.default}`
        : `GENERATED ALWAYS AS (${column.default}) ${column.generated.toUpperCase()}`),
    !column.nullable && 'NOT NULL',
  ]
    .filter((part) => part !== false)
    .join(' ');
}

/** NOT NULL stands with its column. */
function constraintClauses({ constraints = [], checks, foreignKeys }: TableInfo): string[] {
  return [
    ...constraints.filter(({ kind }) => kind !== 'not null'),
    ...checks,
    ...foreignKeys,
  ].flatMap((constraint) =>
    constraint.definition === undefined
      ? []
      : [`CONSTRAINT ${name(constraint.name)} ${constraint.definition}`],
  );
}

/** A constraint makes its index itself. */
function indexes({ constraints = [], ...info }: TableInfo): string[] {
  const made = new Set(
    constraints.filter(({ kind }) => kind !== 'not null').map((constraint) => constraint.name),
  );
  return [...info.indexes.filter((index) => !made.has(index.name)), ...(info.statistics ?? [])].map(
    ({ definition }) => `${definition};`,
  );
}

function comments({ table, columns }: TableInfo): string[] {
  const relationName = path(table.schema, table.name);
  return [
    ...(table.comment === null
      ? []
      : [`COMMENT ON TABLE ${relationName} IS ${literal(table.comment)};`]),
    ...columns.flatMap(({ name: column, comment }) =>
      comment === null
        ? []
        : [`COMMENT ON COLUMN ${relationName}.${name(column)} IS ${literal(comment)};`],
    ),
  ];
}
