import type { StatementAnalysis } from '@shared/models/statement-analysis';
import type { DatabaseError } from '../../../db/errors/database-error';
import { qualifiedName } from '@shared/sql/identifiers';
import { readDependents, type DependentObjects } from './dependents';
import { explainedChanges, type ExplainedChange } from './explained-changes';
import type { GuardedLook } from './guarded-look';
import { emptyImpact, type Impact, type ImpactTarget, type RowCount } from './impact';
import { findObject, findPart, type ObjectAddress, type RelationPart } from './object-address';
import {
  readDatabaseSize,
  readRelationFacts,
  readTotalSize,
  triggerEvents,
  type RelationFacts,
} from './relation-facts';
import {
  estimateOf,
  isTable,
  referringTablesOf,
  targetOf,
  triggersOf,
  truncatedTooOf,
  truncateTriggersOf,
} from './relation-impact';
import {
  impactSubjects,
  type ExplainedSubject,
  type ImpactSubject,
  type ObjectSubject,
  type RelationSubject,
} from './subjects';

/** Where the guess is small, rows are counted. */
const countBelow = 100_000;
/** Cost of a plan, about what reading 2 GB in order takes: counting beyond it would be for nothing. */
const countBelowCost = 300_000;

/** What a statement would do, one entry for each relation or object that it acts on. */
export async function lookAtStatement(
  look: GuardedLook,
  text: string,
  analysis: StatementAnalysis,
): Promise<readonly Impact[]> {
  const impacts: Impact[] = [];
  for (const subject of impactSubjects(text, analysis)) {
    impacts.push(...(await lookAtSubject(look, subject)));
  }
  return impacts;
}

function lookAtSubject(look: GuardedLook, subject: ImpactSubject): Promise<readonly Impact[]> {
  switch (subject.kind) {
    case 'explained':
      return lookAtChange(look, subject);
    case 'relations':
      return lookAtRelations(look, subject);
    case 'object':
      return lookAtObject(look, subject);
  }
}

async function lookAtChange(
  look: GuardedLook,
  subject: ExplainedSubject,
): Promise<readonly Impact[]> {
  const explained = await look.attempt(async () => {
    const json = await look.readValue(`EXPLAIN (FORMAT JSON, VERBOSE) ${subject.text}`);
    return explainedChanges(json ?? '[]');
  });
  const changes = explained.ok ? explained.value : [];
  if (explained.ok && changes.length === 0) {
    return [{ ...emptyImpact(subject.action), unknown: 'a rule rewrites the statement' }];
  }
  const [only] = changes;
  const references =
    changes.length > 0 ? changes.map((change) => ({ ...change, only: false })) : subject.relations;
  const facts = await look.attempt(() => readRelationFacts(look, references));
  if (!facts.ok) return [withFailure(emptyImpact(subject.action), facts.error)];
  const isAbsent = facts.value.length === 0;
  if (!explained.ok && (isAbsent || !subject.isSingle)) {
    return [withFailure({ ...emptyImpact(subject.action), isAbsent }, explained.error)];
  }
  const counted =
    changes.length === 1 && only !== undefined
      ? await countTouched(look, subject, only, facts.value[0])
      : null;
  const impacts: Impact[] = [];
  for (const relation of facts.value) {
    const change = changes.find(
      ({ schema, name }) =>
        name === relation.relation && (schema === relation.schema || schema === 'pg_temp'),
    );
    // With several changes the statement's own WHERE says nothing of the others, and without one only
    // the rows of a view are taken from its table.
    const isNamed = subject.relations.some(({ name }) => name === relation.relation);
    const whole = references.length > 1 || !isNamed ? null : subject.whole;
    const impact = await changeImpact(look, { ...subject, whole }, relation, change, counted);
    impacts.push(explained.ok ? impact : withFailure(impact, explained.error));
  }
  return impacts;
}

/** An exact number where it costs little, else null. Views are not counted: they may call anything. */
async function countTouched(
  look: GuardedLook,
  { countText }: ExplainedSubject,
  { rows, cost }: ExplainedChange,
  relation: RelationFacts | undefined,
): Promise<RowCount | null> {
  if (countText === null || cost >= countBelowCost) return null;
  if (relation === undefined || !isTable(relation)) return null;
  // Of a table that was never analysed the planner knows the size alone.
  if (rows.count >= countBelow && estimateOf(relation) !== null) return null;
  const counted = await look.attempt(() => look.readValue(countText));
  return counted.ok && counted.value !== null
    ? { count: Number(counted.value), isExact: true }
    : null;
}

async function changeImpact(
  look: GuardedLook,
  subject: ExplainedSubject,
  relation: RelationFacts,
  change: ExplainedChange | undefined,
  counted: RowCount | null,
): Promise<Impact> {
  const action = change?.action ?? subject.action;
  const events =
    action === 'merge'
      ? triggerEvents.insert | triggerEvents.update | triggerEvents.delete
      : triggerEvents[action];
  const size = await sizeOf(look, [relation]);
  const held = estimateOf(relation);
  // A join meets a row several times, and changes it once.
  const planned =
    change !== undefined && action !== 'merge' && action !== 'insert'
      ? fewer(change.rows, held)
      : change?.rows;
  const touched = counted ?? planned ?? (subject.whole === null ? null : held);
  return {
    ...emptyImpact(action),
    whole: subject.whole,
    targets: [targetOf(relation, subject.whole === null ? held : touched)],
    touched,
    bytes: size,
    referringTables: action === 'delete' ? referringTablesOf(relation) : [],
    triggers: triggersOf(relation, events),
  };
}

const fewer = (rows: RowCount, held: RowCount | null): RowCount =>
  held !== null && held.count < rows.count ? held : rows;

async function lookAtRelations(
  look: GuardedLook,
  subject: RelationSubject,
): Promise<readonly Impact[]> {
  const { action, cascades, relations, part } = subject;
  const impact: Impact = { ...emptyImpact(action), cascades };
  const facts = await look.attempt(() => readRelationFacts(look, relations));
  if (!facts.ok) return [withFailure(impact, facts.error)];
  const missing =
    facts.value.length < relations.length ? 'not every relation that it names is there' : null;
  if (facts.value.length === 0) return [{ ...impact, isAbsent: true, unknown: missing }];
  const truncatedToo = action === 'truncate' ? distinct(facts.value.flatMap(truncatedTooOf)) : [];
  const found =
    action === 'truncate' || (action === 'alter' && part === null)
      ? noDependents
      : await dependentsOf(look, await addressesOf(look, facts.value, part));
  const { dependents } = found;
  const along =
    action === 'truncate'
      ? facts.value.flatMap((relation) => relation.truncatedToo.map(({ oid }) => oid))
      : dependents.flatMap(({ oids }) => oids);
  const bytes = await sizeOf(look, facts.value, cascades && action !== 'alter' ? along : []);
  const targets: ImpactTarget[] = [];
  for (const relation of facts.value) {
    targets.push(targetOf(relation, await countAll(look, relation)));
  }
  return [
    {
      ...impact,
      targets,
      bytes,
      ...found,
      unknown: found.unknown ?? missing,
      truncatedToo,
      triggers: action === 'truncate' ? facts.value.flatMap(truncateTriggersOf) : [],
    },
  ];
}

async function lookAtObject(
  look: GuardedLook,
  { class: objectClass, label, name, cascades }: ObjectSubject,
): Promise<readonly Impact[]> {
  const impact: Impact = { ...emptyImpact('drop'), cascades, object: label };
  const found = await look.attempt(() => findObject(look, objectClass, name));
  if (!found.ok) return [withFailure(impact, found.error)];
  const object = found.value;
  if (object === null) return [{ ...impact, object: null, isAbsent: true }];
  if (objectClass === 'database') {
    const size = await look.attempt(() => readDatabaseSize(look, object.oid));
    return [{ ...impact, bytes: size.ok ? size.value : null }];
  }
  const dependents = await dependentsOf(look, [object]);
  const tables = dependents.dependents.flatMap(({ oids }) => oids);
  return [{ ...impact, ...dependents, bytes: await sizeOf(look, [], tables) }];
}

async function addressesOf(
  look: GuardedLook,
  relations: readonly RelationFacts[],
  part: RelationPart | null,
): Promise<readonly ObjectAddress[]> {
  if (part === null) return relations.map(({ oid }) => ({ catalog: 'pg_class', oid, column: '0' }));
  const [relation] = relations;
  if (relation === undefined) return [];
  const found = await look.attempt(() => findPart(look, relation.oid, part));
  return found.ok && found.value !== null ? [found.value] : [];
}

interface FoundDependents {
  readonly dependents: readonly DependentObjects[];
  /** Why they are not known; null when they are. */
  readonly unknown: string | null;
}

const noDependents: FoundDependents = { dependents: [], unknown: null };

async function dependentsOf(
  look: GuardedLook,
  objects: readonly ObjectAddress[],
): Promise<FoundDependents> {
  if (objects.length === 0) return noDependents;
  const found = await look.attempt(() => readDependents(look, objects));
  if (found.ok) return { dependents: found.value, unknown: null };
  return { dependents: [], unknown: `what depends on it, since ${whyUnknown(found.error)}` };
}

/** Bytes; null when the server could not tell in time. */
async function sizeOf(
  look: GuardedLook,
  relations: readonly RelationFacts[],
  further: readonly string[] = [],
): Promise<number | null> {
  const oids = [...relations.flatMap(({ members }) => members), ...further];
  const size = await look.attempt(() => readTotalSize(look, [...new Set(oids)]));
  return size.ok ? size.value : null;
}

async function countAll(look: GuardedLook, relation: RelationFacts): Promise<RowCount | null> {
  if (!isTable(relation)) return null;
  const estimate = estimateOf(relation);
  if (estimate !== null && estimate.count >= countBelow) return estimate;
  const counted = await look.attempt(() =>
    look.readValue(
      `SELECT pg_catalog.count(*) FROM ${qualifiedName(relation.schema, relation.relation)}`,
    ),
  );
  return counted.ok && counted.value !== null
    ? { count: Number(counted.value), isExact: true }
    : estimate;
}

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)];

/** The server's no is worth telling; that a look was too slow is only something unknown. */
function withFailure(impact: Impact, error: DatabaseError): Impact {
  return ['Timeout', 'Cancelled', 'LockNotAvailable'].includes(error.kind)
    ? { ...impact, unknown: impact.unknown ?? whyUnknown(error) }
    : { ...impact, refusal: impact.refusal ?? error.message };
}

function whyUnknown({ kind, message }: DatabaseError): string {
  if (kind === 'LockNotAvailable') return 'another session holds a lock on it';
  return kind === 'Timeout' || kind === 'Cancelled' ? 'looking took too long' : message;
}
