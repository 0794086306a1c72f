import { literal, path } from '@shared/sql/definitions/object-definitions';
import { readableIdentifier as name } from '@shared/sql/identifiers';
import type { ColumnFacts, OwnedSequence, RelationFacts } from './relation-facts';

/** A list of options as OPTIONS takes them. */
export function foreignOptions(options: readonly (readonly [string, string])[]): string {
  return `OPTIONS (${options.map(([key, value]) => `${name(key)} ${literal(value)}`).join(', ')})`;
}

/** A list of parameters as WITH and SET take them; a part before a dot is no part of the name. */
export function parameters(options: readonly (readonly [string, string])[]): string {
  return options
    .map(([key, value]) => `${key.split('.').map(name).join('.')} = ${literal(value)}`)
    .join(', ');
}

/** The clauses of the columns that are declared in the relation itself. */
export function columnClauses(facts: RelationFacts): string[] {
  return facts.columns
    .filter(({ isLocal }) => isLocal)
    .map((column) =>
      [
        name(column.name),
        column.type,
        column.foreignOptions.length > 0 && foreignOptions(column.foreignOptions),
        column.collation !== null && `COLLATE ${column.collation}`,
        identityClause(facts, column),
        column.default !== null &&
          (column.generated === null
            ? `DEFAULT ${column.default}`
            : `GENERATED ALWAYS AS (${column.default}) ${column.generated.toUpperCase()}`),
        column.isNotNull && !hasNamedNotNull(facts, column) && 'NOT NULL',
      ]
        .filter((part) => part !== false)
        .join(' '),
    );
}

/** Whether a constraint of its own says it, under a name or in a way that NOT NULL alone would not give. */
function hasNamedNotNull(facts: RelationFacts, column: ColumnFacts): boolean {
  return facts.constraints.some(
    (constraint) =>
      constraint.isNotNull &&
      constraint.columns.includes(column.name) &&
      isNamed(facts.name, constraint),
  );
}

/** Whether a NOT NULL constraint has to be told in words of its own. */
export function isNamed(
  relation: string,
  { name: constraint, columns, definition }: RelationFacts['constraints'][number],
): boolean {
  return (
    constraint !== `${relation}_${columns.join('_')}_not_null` ||
    definition.endsWith(' NO INHERIT') ||
    definition.endsWith(' NOT VALID')
  );
}

function identityClause(facts: RelationFacts, column: ColumnFacts): string | false {
  if (column.identity === null) return false;
  const clause = `GENERATED ${column.identity.toUpperCase()} AS IDENTITY`;
  const sequence = facts.sequences.find(
    (owned) => owned.isIdentity && owned.column === column.name,
  );
  const changed = sequence === undefined ? [] : changedOptions(facts, sequence);
  return changed.length === 0 ? clause : `${clause} (${changed.join(' ')})`;
}

const limits: Readonly<Record<string, readonly [minimum: string, maximum: string]>> = {
  smallint: ['-32768', '32767'],
  integer: ['-2147483648', '2147483647'],
  bigint: ['-9223372036854775808', '9223372036854775807'],
};

/** The options that are not what the server would choose (manual, CREATE SEQUENCE). */
function changedOptions(facts: RelationFacts, sequence: OwnedSequence): string[] {
  const isDescending = sequence.increment.startsWith('-');
  const [lowest, highest] = limits[sequence.type] ?? [];
  const usual = {
    minimum: isDescending ? lowest : '1',
    maximum: isDescending ? '-1' : highest,
    start: isDescending ? sequence.maximum : sequence.minimum,
    name: `${facts.name}_${sequence.column}_seq`,
  };
  const isNamed = sequence.name !== usual.name || sequence.schema !== facts.schema;
  return [
    isNamed && `SEQUENCE NAME ${path(sequence.schema, sequence.name)}`,
    sequence.start !== usual.start && `START WITH ${sequence.start}`,
    sequence.increment !== '1' && `INCREMENT BY ${sequence.increment}`,
    sequence.minimum !== usual.minimum && `MINVALUE ${sequence.minimum}`,
    sequence.maximum !== usual.maximum && `MAXVALUE ${sequence.maximum}`,
    sequence.cache !== '1' && `CACHE ${sequence.cache}`,
    sequence.cycles && 'CYCLE',
  ].filter((option) => option !== false);
}

/** What is set of columns after they were made, `alter` being the statement's beginning. */
export function columnSettings(alter: string, { columns }: RelationFacts): string[] {
  return columns.flatMap((column) =>
    [
      ...inheritedChanges(column),
      column.storage !== null && `SET STORAGE ${column.storage}`,
      column.compression !== null && `SET COMPRESSION ${column.compression}`,
      column.statistics !== null && `SET STATISTICS ${column.statistics}`,
      column.options.length > 0 && `SET (${parameters(column.options)})`,
    ].flatMap((change) =>
      change === false ? [] : [`${alter} ALTER COLUMN ${name(column.name)} ${change};`],
    ),
  );
}

/** Where an inherited column has another default than above, or is NOT NULL here alone. */
function inheritedChanges({ isLocal, inherited, ...column }: ColumnFacts): string[] {
  if (isLocal || inherited === null || column.generated !== null) return [];
  const changes: string[] = [];
  if (column.default !== inherited.default) {
    changes.push(column.default === null ? 'DROP DEFAULT' : `SET DEFAULT ${column.default}`);
  }
  if (column.isNotNull && !inherited.isNotNull) changes.push('SET NOT NULL');
  return changes;
}
