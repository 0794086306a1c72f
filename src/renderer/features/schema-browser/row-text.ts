import type { Column } from '@shared/models/table';
import { groupDigits } from '../../components/group-digits';
import { printable } from '../../components/printable';
import { visibleLines } from '../../components/visible-lines';
import { sequenceNotes } from './schema-items';
import type { TreeItem } from './tree-item';
import type { RowContent } from './tree-node';

const compact = new Intl.NumberFormat('en', {
  notation: 'compact',
  maximumSignificantDigits: 3,
});

/** An estimate for a narrow place, in three digits from ten thousand on: "2.42M". */
export function shortCount(digits: string): string {
  if (!/^\d+$/.test(digits)) return digits;
  return digits.length <= 4 ? groupDigits(digits) : compact.format(BigInt(digits));
}

const typeAliases: readonly (readonly [RegExp, string])[] = [
  [/^timestamp(\(\d\))? with time zone/, 'timestamptz$1'],
  [/^timestamp(\(\d\))? without time zone/, 'timestamp$1'],
  [/^time(\(\d\))? with time zone/, 'timetz$1'],
  [/^time(\(\d\))? without time zone/, 'time$1'],
  [/^character varying/, 'varchar'],
  [/^character(?! varying)/, 'char'],
  [/^double precision/, 'float8'],
  [/^bit varying/, 'varbit'],
];

/** A type by its short name (PostgreSQL manual, table 8.1); array brackets and modifiers stay. */
export function shortType(type: string): string {
  for (const [pattern, alias] of typeAliases) {
    if (pattern.test(type)) return type.replace(pattern, alias);
  }
  return type;
}

/** What hovering a line explains; null where its line says everything. */
export function rowTooltip(content: RowContent): string | null {
  switch (content.kind) {
    case 'schema':
      return lines(
        printable(content.schema.name),
        !content.schema.canUse && 'No USAGE right on this schema.',
        content.schema.comment,
      );
    case 'item':
      return lines(printable(content.item.name), ...content.item.notes.map(shownNote));
    case 'relation': {
      const { schema, name, kind, estimatedRows, canSelect, comment } = content.table;
      return lines(
        printable(`${schema}.${name}`),
        estimatedRows === null || kind === 'sequence' || kind === 'view'
          ? kind
          : `${kind}, about ${groupDigits(estimatedRows)} rows`,
        !canSelect && 'No SELECT right on this relation.',
        ...(content.sequence ? sequenceNotes(content.sequence).map(shownNote) : []),
        comment,
      );
    }
    case 'column':
      return columnTooltip(content.column, content.references);
    case 'database':
      return lines(
        printable(content.database.name),
        content.database.canConnect
          ? 'Double click to set up a connection to it.'
          : 'No CONNECT right on this database.',
        content.database.comment,
      );
    case 'failed':
      return lines(content.error.message, content.error.advice);
    case 'folder':
    case 'loading':
    case 'empty':
      return null;
  }
}

function shownNote(note: TreeItem['notes'][number]): string | false {
  return typeof note === 'string' && printable(note);
}

function columnTooltip(column: Column, references: readonly string[]): string {
  return lines(
    `${printable(column.name)}  ${column.type}`,
    column.isPrimaryKey ? 'Primary key' : column.nullable ? 'Accepts NULL' : 'NOT NULL',
    column.identity !== null && `Identity: generated ${column.identity}`,
    column.default !== null &&
      `${column.generated === null ? 'Default' : 'Generated'}: ${printable(column.default)}`,
    ...references.map((reference) => `References ${printable(reference)}`),
    column.comment,
  );
}

function lines(...texts: readonly (string | false | null | undefined)[]): string {
  return visibleLines(texts.filter(Boolean).join('\n'));
}

/** How a line of the tree is called by a screen reader. */
export function rowLabel(content: RowContent): string {
  switch (content.kind) {
    case 'schema':
      return `${content.schema.name}, schema${content.schema.canUse ? '' : ', locked'}`;
    case 'relation':
      return `${content.table.name}, ${content.table.kind}${content.table.canSelect ? '' : ', locked'}`;
    case 'column': {
      const { name, type, nullable, isPrimaryKey } = content.column;
      const key = isPrimaryKey
        ? ', primary key'
        : content.references.length > 0
          ? ', foreign key'
          : '';
      return `${name}, ${type}${key}, ${nullable ? 'nullable' : 'not null'}`;
    }
    case 'item': {
      const { name, sign, isLocked } = content.item;
      return `${name}, ${sign}${isLocked === true ? ', locked' : ''}`;
    }
    case 'folder':
      return content.count === null ? content.label : `${content.label}, ${content.count}`;
    case 'database':
      return `${content.database.name}, database${content.database.canConnect ? '' : ', locked'}`;
    case 'loading':
      return 'Loading';
    case 'empty':
      return content.text;
    case 'failed':
      return content.error.message;
  }
}
