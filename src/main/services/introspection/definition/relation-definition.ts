import {
  literal,
  path,
  policyDefinition,
  sequenceDefinition,
} from '@shared/sql/definitions/object-definitions';
import { firingClauses } from '@shared/sql/definitions/server-definitions';
import { readableIdentifier as name } from '@shared/sql/identifiers';
import { accessStatements } from './access-statements';
import {
  columnClauses,
  columnSettings,
  foreignOptions,
  isNamed,
  parameters,
} from './column-clauses';
import type { RelationFacts } from './relation-facts';

type MadeKind = Exclude<RelationFacts['kind'], 'sequence'>;

/** What CREATE, ALTER and COMMENT ON call each kind. */
const words: Readonly<Record<MadeKind, string>> = {
  table: 'TABLE',
  'partitioned table': 'TABLE',
  'foreign table': 'FOREIGN TABLE',
  view: 'VIEW',
  'materialized view': 'MATERIALIZED VIEW',
};

/** A relation with the words and the name that statements call it by. */
interface Named {
  readonly facts: RelationFacts;
  readonly word: string;
  readonly relation: string;
}

/**
 * The statements that make a relation with everything that belongs to it; null for a sequence. What
 * they refer to (other relations, functions, roles, servers) has to be there.
 */
export function relationDefinition(facts: RelationFacts): string | null {
  if (facts.kind === 'sequence') return null;
  // The schema of temporary relations has another name in each session.
  const relation =
    facts.persistence === 'temporary' ? name(facts.name) : path(facts.schema, facts.name);
  const named = { facts, word: words[facts.kind], relation };
  const isView = facts.viewDefinition !== null;
  const serial = facts.sequences.filter(({ isIdentity }) => !isIdentity);
  return [
    ...serial.map((sequence) => sequenceDefinition({ ...sequence, ownedBy: null })),
    isView ? createView(named) : createTable(named),
    ...serial.map(
      (sequence) =>
        `ALTER SEQUENCE ${path(sequence.schema, sequence.name)} OWNED BY ${relation}.${name(sequence.column)};`,
    ),
    ...(facts.ofType === null ? [] : [`ALTER TABLE ${relation} OF ${facts.ofType};`]),
    ...(facts.kind === 'view' ? viewDefaults(named) : columnSettings(alter(named), facts)),
    ...constraintsToAdd(named),
    ...indexes(named),
    ...facts.statistics.map(({ definition }) => `${definition};`),
    ...attachments(named),
    ...comments(named),
    ...accessStatements(named.word, relation, facts),
  ].join('\n');
}

/** Without ONLY the change would reach those that inherit from it. */
function alter({ facts, word, relation }: Named): string {
  const isTable = facts.kind === 'table' || facts.kind === 'foreign table';
  return `ALTER ${word} ${isTable ? 'ONLY ' : ''}${relation}`;
}

function createView({ facts, word, relation }: Named): string {
  const { accessMethod, options, tablespace, viewDefinition } = facts;
  const query = (viewDefinition ?? '').trimEnd().replace(/;$/u, '');
  return [
    facts.kind === 'view' ? `CREATE OR REPLACE VIEW ${relation}` : `CREATE ${word} ${relation}`,
    accessMethod !== null && ` USING ${name(accessMethod)}`,
    options.length > 0 && ` WITH (${parameters(options)})`,
    tablespace !== null && ` TABLESPACE ${name(tablespace)}`,
    ` AS\n${query}`,
    !facts.isPopulated && '\nWITH NO DATA',
    ';',
  ]
    .filter((part) => part !== false)
    .join('');
}

function viewDefaults(named: Named): string[] {
  return named.facts.columns.flatMap((column) =>
    column.default === null
      ? []
      : [`${alter(named)} ALTER COLUMN ${name(column.name)} SET DEFAULT ${column.default};`],
  );
}

const persistenceWords = { permanent: '', unlogged: 'UNLOGGED ', temporary: 'TEMPORARY ' } as const;

function createTable({ facts, word, relation }: Named): string {
  const { partitionOf, bound, partitionKey, accessMethod, options, tablespace, server } = facts;
  const parts = [...columnClauses(facts), ...constraintClauses(facts)];
  const list = parts.length === 0 ? '' : `\n  ${parts.join(',\n  ')}\n`;
  const bases = facts.inheritsFrom.map((base) => path(base.schema, base.name)).join(', ');
  return [
    `CREATE ${persistenceWords[facts.persistence]}${word} ${relation}`,
    partitionOf === null
      ? ` (${list})`
      : `\n  PARTITION OF ${path(partitionOf.schema, partitionOf.name)}${list === '' ? '' : ` (${list})`}\n  ${bound ?? ''}`,
    bases !== '' && `\n  INHERITS (${bases})`,
    partitionKey !== null && `\n  PARTITION BY ${partitionKey}`,
    accessMethod !== null && `\n  USING ${name(accessMethod)}`,
    server !== null && `\n  SERVER ${name(server)}`,
    facts.serverOptions.length > 0 && `\n  ${foreignOptions(facts.serverOptions)}`,
    options.length > 0 && `\n  WITH (${parameters(options)})`,
    tablespace !== null && `\n  TABLESPACE ${name(tablespace)}`,
    ';',
  ]
    .filter((part) => part !== false)
    .join('');
}

type Constraint = RelationFacts['constraints'][number];
const clause = (constraint: Constraint): string =>
  `CONSTRAINT ${name(constraint.name)} ${constraint.definition}`;
const isUnchecked = ({ definition }: Constraint): boolean => definition.endsWith(' NOT VALID');

/** NOT NULL stands with its column where no more is to be said of it. */
function ownConstraints({ name: relation, constraints }: RelationFacts): Constraint[] {
  return constraints.filter(
    (constraint) => constraint.isLocal && (!constraint.isNotNull || isNamed(relation, constraint)),
  );
}

function constraintClauses(facts: RelationFacts): string[] {
  return ownConstraints(facts)
    .filter((constraint) => !isUnchecked(constraint))
    .map(clause);
}

/** CREATE TABLE takes every constraint for checked: its table is empty. */
function constraintsToAdd(named: Named): string[] {
  return ownConstraints(named.facts)
    .filter(isUnchecked)
    .map((constraint) => `ALTER ${named.word} ${named.relation} ADD ${clause(constraint)};`);
}

function indexes(named: Named): string[] {
  const { facts, word, relation } = named;
  const made = facts.indexes.flatMap((index) => {
    const alterIndex = `ALTER INDEX ${path(facts.schema, index.name)}`;
    const { options, tablespace } = index;
    const statements = [
      !index.isMadeByOther && `${index.definition};`,
      // CREATE INDEX has said it already.
      index.isMadeByOther && options.length > 0 && `${alterIndex} SET (${parameters(options)});`,
      tablespace !== null && `${alterIndex} SET TABLESPACE ${name(tablespace)};`,
      index.isClustered && `ALTER ${word} ${relation} CLUSTER ON ${name(index.name)};`,
    ];
    return statements.filter((statement) => statement !== false);
  });
  return [...made, ...replicaIdentity(named)];
}

function replicaIdentity({ facts, relation }: Named): string[] {
  const { replicaIdentity: identity } = facts;
  if (identity === 'default') return [];
  const index = facts.indexes.find(({ isReplicaIdentity }) => isReplicaIdentity);
  const of = index === undefined ? identity.toUpperCase() : `USING INDEX ${name(index.name)}`;
  // The index that it names was dropped.
  if (identity === 'index' && index === undefined) return [];
  return [`ALTER TABLE ONLY ${relation} REPLICA IDENTITY ${of};`];
}

/** Triggers, rules and row security, turned on and off as they are. */
function attachments({ facts, word, relation }: Named): string[] {
  const fired = (kind: string, object: string, firing: keyof typeof firingClauses): string[] => {
    const change = firingClauses[firing];
    return change === null ? [] : [`ALTER ${word} ${relation} ${change} ${kind} ${name(object)};`];
  };
  return [
    ...facts.triggers.flatMap((trigger) =>
      trigger.isInherited === true
        ? []
        : [`${trigger.definition};`, ...fired('TRIGGER', trigger.name, trigger.firing)],
    ),
    ...facts.rules.flatMap((rule) => [rule.definition, ...fired('RULE', rule.name, rule.firing)]),
    ...(facts.isRowSecurityEnabled ? [`ALTER TABLE ${relation} ENABLE ROW LEVEL SECURITY;`] : []),
    ...(facts.isRowSecurityForced ? [`ALTER TABLE ${relation} FORCE ROW LEVEL SECURITY;`] : []),
    ...facts.policies.map((policy) => policyDefinition(facts.schema, facts.name, policy)),
  ];
}

function comments({ facts, word, relation }: Named): string[] {
  const on = (object: string, comment: string | null): string[] =>
    comment === null ? [] : [`COMMENT ON ${object} IS ${literal(comment)};`];
  const onPart =
    (kind: string) => (part: { readonly name: string; readonly comment: string | null }) =>
      on(`${kind} ${name(part.name)} ON ${relation}`, part.comment);
  return [
    ...on(`${word} ${relation}`, facts.comment),
    ...facts.columns.flatMap((column) =>
      on(`COLUMN ${relation}.${name(column.name)}`, column.comment),
    ),
    ...facts.constraints.flatMap(onPart('CONSTRAINT')),
    ...facts.indexes.flatMap((index) =>
      on(`INDEX ${path(facts.schema, index.name)}`, index.comment),
    ),
    ...facts.statistics.flatMap((object) =>
      on(`STATISTICS ${path(object.schema, object.name)}`, object.comment),
    ),
    ...facts.triggers.flatMap(onPart('TRIGGER')),
    ...facts.rules.flatMap(onPart('RULE')),
    ...facts.policies.flatMap(onPart('POLICY')),
  ];
}
