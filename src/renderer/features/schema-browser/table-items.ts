import type { TableAttachments } from '@shared/models/table-attachments';
import type { Constraint, ForeignKey, Table, TableInfo } from '@shared/models/table';
import { policyDefinition } from '@shared/sql/definitions/object-definitions';
import type { TreeItem } from './tree-item';

/** The indexes of a table as items. */
export function indexItems(info: TableInfo): readonly TreeItem[] {
  return info.indexes.map((index) => ({
    sign: index.isPrimary ? 'key' : 'index',
    name: index.name,
    aside: `${index.isUnique && !index.isPrimary ? 'unique ' : ''}${index.columns.join(', ')}`,
    notes: [
      `${index.isPrimary ? 'Primary key, ' : index.isUnique ? 'Unique, ' : ''}${index.method}`,
      !index.isValid && 'Not valid: queries do not use it.',
      index.definition,
    ],
    definition: index.definition,
  }));
}

/** The foreign keys that a table has as items. */
export function foreignKeyItems(info: TableInfo): readonly TreeItem[] {
  return info.foreignKeys.map((foreignKey) => ({
    sign: 'foreign key',
    name: foreignKey.name,
    aside: `→ ${pathOf(foreignKey.referencedSchema, foreignKey.referencedTable, info)}`,
    ...keyText(foreignKey),
  }));
}

/** The foreign keys that refer to a table as items. */
export function referenceItems(info: TableInfo): readonly TreeItem[] {
  return info.referencedBy.map((foreignKey) => ({
    sign: 'foreign key',
    name: `${pathOf(foreignKey.schema, foreignKey.table, info)}.${foreignKey.columns.join(', ')}`,
    id: `${foreignKey.schema}\0${foreignKey.table}\0${foreignKey.name}`,
    aside: null,
    ...keyText(foreignKey),
  }));
}

function keyText(foreignKey: ForeignKey): Pick<TreeItem, 'notes' | 'definition'> {
  const { name, columns, referencedColumns, definition } = foreignKey;
  return {
    notes: [
      name,
      `${foreignKey.schema}.${foreignKey.table} (${columns.join(', ')})`,
      `→ ${foreignKey.referencedSchema}.${foreignKey.referencedTable} (${referencedColumns.join(', ')})`,
      `on update ${foreignKey.onUpdate}, on delete ${foreignKey.onDelete}`,
    ],
    ...(definition !== undefined && { definition }),
  };
}

/** A relation's name, with its schema where that is another than the table's. */
function pathOf(schema: string, name: string, { table }: TableInfo): string {
  return schema === table.schema ? name : `${schema}.${name}`;
}

/** The keys and exclusion constraints of a table as items, and NOT NULL where its column does not say all. */
export function constraintItems({ constraints = [] }: TableInfo): readonly TreeItem[] {
  return itemsOf(constraints.filter((constraint) => !isPlainNotNull(constraint)));
}

/** The NOT NULL constraints of a table that only have a name besides what their columns say. */
export function notNullItems({ constraints = [] }: TableInfo): readonly TreeItem[] {
  return itemsOf(constraints.filter(isPlainNotNull));
}

/** Neither NOT VALID nor NO INHERIT. */
function isPlainNotNull({ kind, definition }: Constraint): boolean {
  return kind === 'not null' && !/ (?:NOT VALID|NO INHERIT)$/u.test(definition);
}

function itemsOf(constraints: readonly Constraint[]): readonly TreeItem[] {
  return constraints.map(({ name, kind, definition, columns }) => ({
    sign: kind === 'primary key' ? 'key' : 'constraint',
    name,
    aside: `${kind} ${columns.join(', ')}`.trimEnd(),
    notes: [definition],
    definition,
  }));
}

/** The extended statistics of a table as items. */
export function statisticsItems(info: TableInfo): readonly TreeItem[] {
  return (info.statistics ?? []).map((statistics) => ({
    sign: 'statistics',
    name: pathOf(statistics.schema, statistics.name, info),
    aside: [...statistics.columns, ...statistics.expressions].join(', '),
    notes: [statistics.kinds.join(', '), statistics.definition],
    owner: statistics.owner,
    definition: statistics.definition,
  }));
}

/** The check constraints of a table as items. */
export function checkItems(info: TableInfo): readonly TreeItem[] {
  return info.checks.map(({ name, definition }) => ({
    sign: 'check',
    name,
    aside: definition.replace(/^CHECK /u, ''),
    notes: [definition],
    definition,
  }));
}

const firingNotes = {
  origin: null,
  always: 'Fires always, also while replicated changes are applied.',
  replica: 'Fires only while replicated changes are applied.',
  disabled: 'Disabled.',
} as const;

/** The triggers of a relation as items. */
export function triggerItems({ triggers }: TableAttachments): readonly TreeItem[] {
  return triggers.map((trigger) => ({
    sign: 'trigger',
    name: trigger.name,
    aside:
      trigger.firing === 'disabled' ? 'disabled' : `${trigger.timing} ${trigger.events.join(', ')}`,
    notes: [
      `${trigger.timing} ${trigger.events.join(' or ')}, for each ${trigger.level}`,
      `runs ${trigger.function.schema}.${trigger.function.name}`,
      firingNotes[trigger.firing],
      trigger.comment,
    ],
    definition: trigger.definition,
  }));
}

/** The rules of a relation as items. */
export function ruleItems({ rules }: TableAttachments): readonly TreeItem[] {
  return rules.map((rule) => ({
    sign: 'rule',
    name: rule.name,
    aside: rule.firing === 'disabled' ? 'disabled' : `on ${rule.event}`,
    notes: [
      `on ${rule.event}${rule.isInstead ? ', instead of it' : ''}`,
      firingNotes[rule.firing],
      rule.comment,
    ],
    definition: rule.definition,
  }));
}

/** The row security policies of a table as items. */
export function policyItems(
  { schema, name: table }: Pick<Table, 'schema' | 'name'>,
  attachments: TableAttachments,
): readonly TreeItem[] {
  return attachments.policies.map((policy) => ({
    sign: 'policy',
    name: policy.name,
    aside: `${policy.isPermissive ? '' : 'restrictive '}${policy.command}`,
    notes: [
      `${policy.isPermissive ? 'permissive' : 'restrictive'}, for ${policy.command}, to ${
        policy.roles.length === 0 ? 'PUBLIC' : policy.roles.join(', ')
      }`,
      policy.using !== null && `USING ${policy.using}`,
      policy.withCheck !== null && `WITH CHECK ${policy.withCheck}`,
      !attachments.isRowSecurityEnabled && 'Row security is off: it has no effect.',
      policy.comment,
    ],
    compose: () => policyDefinition(schema, table, policy),
  }));
}
