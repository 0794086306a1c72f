import type { Node, RangeVar } from 'libpg-query';
import type { StatementAnalysis } from '@shared/models/statement-analysis';
import { quoteIdentifier } from '@shared/sql/identifiers';
import { Scanner } from '@shared/sql/scanner';
import { parseSql } from '../../../sql/parser';
import { relationTypes } from '../../query-validator/drops';
import { dottedName, nameParts, objectTypeName } from '../../query-validator/relation-name';
import { exactCountText } from './exact-count';
import type { Impact } from './impact';
import type { ObjectClass, RelationPart } from './object-address';

/** A relation as a statement names it. */
export interface RelationReference {
  readonly schema: string | null;
  readonly name: string;
  /** ONLY: without the tables that inherit from it. */
  readonly only: boolean;
}

/** A statement whose changes the planner can tell. */
export interface ExplainedSubject {
  readonly kind: 'explained';
  readonly text: string;
  readonly whole: Impact['whole'];
  /** Counts the rows that the statement touches; null where no plain query does. */
  readonly countText: string | null;
  /** To look at in the catalog where the planner refuses. */
  readonly relations: readonly RelationReference[];
  readonly action: 'delete' | 'update' | 'insert' | 'merge';
  /** Whether that action on one relation is all that the statement does. */
  readonly isSingle: boolean;
}

/** Relations that a statement acts on as a whole. */
export interface RelationSubject {
  readonly kind: 'relations';
  readonly action: 'truncate' | 'drop' | 'alter';
  readonly relations: readonly RelationReference[];
  /** What is dropped of the one relation; null for the relation itself. */
  readonly part: RelationPart | null;
  readonly cascades: boolean;
}

/** What is dropped that is no relation. */
export interface ObjectSubject {
  readonly kind: 'object';
  readonly class: ObjectClass;
  /** For example "schema shop". */
  readonly label: string;
  /** As findObject takes it. */
  readonly name: string;
  readonly cascades: boolean;
}

export type ImpactSubject = ExplainedSubject | RelationSubject | ObjectSubject;

/** What there is to look at before a statement runs; empty when the catalog has nothing to say of it. */
export function impactSubjects(
  text: string,
  analysis: StatementAnalysis,
): readonly ImpactSubject[] {
  const outcome = parseSql(text);
  const [node, second] = outcome.ok ? outcome.value : [];
  if (node === undefined || second !== undefined) return [];
  if ('TruncateStmt' in node) {
    const { relations = [], behavior } = node.TruncateStmt;
    const cascades = behavior === 'DROP_CASCADE';
    return onRelations('truncate', relations.flatMap(rangeReference), { cascades });
  }
  if ('DropStmt' in node) return dropped(node.DropStmt);
  if ('DropdbStmt' in node) {
    const { dbname: name = '' } = node.DropdbStmt;
    const label = `database ${dottedName([name])} with all that is in it`;
    return [{ kind: 'object', class: 'database', label, name, cascades: false }];
  }
  if ('AlterTableStmt' in node) return altered(node.AlterTableStmt, analysis);
  if ('ExplainStmt' in node) {
    // EXPLAIN ANALYZE runs what it explains.
    const { query } = node.ExplainStmt;
    const inner = query === undefined ? null : explainedText(text);
    return inner === null || query === undefined || !analysis.writes
      ? []
      : explained(query, inner, analysis);
  }
  const rewritten = rewrittenRelations(node, analysis);
  if (rewritten.length > 0) return onRelations('alter', rewritten, {});
  return analysis.writes ? explained(node, text, analysis) : [];
}

/** The statement within an EXPLAIN: its options stand in brackets, or are words of their own. */
function explainedText(text: string): string | null {
  const scanner = new Scanner(text);
  let depth = 0;
  while (scanner.next()) {
    if (scanner.is('(')) depth += 1;
    else if (scanner.is(')')) depth -= 1;
    else if (scanner.kind === 'word' && depth === 0) {
      const word = text.slice(scanner.from, scanner.to).toUpperCase();
      if (['WITH', 'DELETE', 'UPDATE', 'INSERT', 'MERGE', 'SELECT'].includes(word)) {
        return text.slice(scanner.from);
      }
    }
  }
  return null;
}

const actions = { DeleteStmt: 'delete', UpdateStmt: 'update', MergeStmt: 'merge' } as const;

function explained(
  node: Node,
  text: string,
  analysis: StatementAnalysis,
): readonly ImpactSubject[] {
  const [tag = ''] = Object.keys(node);
  if (!['DeleteStmt', 'UpdateStmt', 'MergeStmt', 'InsertStmt', 'SelectStmt'].includes(tag)) {
    return [];
  }
  const relations = analysis.relations
    .filter(({ role }) => role === 'write')
    .map(({ schema, name }) => ({ schema, name, only: false }));
  // What a function writes, the planner does not tell.
  if (tag === 'SelectStmt' && relations.length === 0) return [];
  return [
    {
      kind: 'explained',
      action: Object.entries(actions).find(([key]) => key === tag)?.[1] ?? 'insert',
      text,
      whole: wholeOf(node, analysis),
      countText:
        isSafeToEvaluate(analysis) && !volatile.test(text) ? exactCountText(text, node) : null,
      relations,
      isSingle: tag !== 'SelectStmt' && relations.length === 1,
    },
  ];
}

/** Counting evaluates the condition: a function in it may act on more than the transaction it runs in. */
function isSafeToEvaluate(analysis: StatementAnalysis): boolean {
  const { risks, touchesServer, changesSession, routines = [] } = analysis;
  if (touchesServer || changesSession || routines.length > 0) return false;
  return !risks.some(({ code }) => unsafeRisks.has(code));
}

/** What these give is another value each time: a count would not hold. */
const volatile =
  /\b(?:random|random_normal|gen_random_uuid|uuidv4|uuidv7|clock_timestamp|timeofday|nextval)\s*\(/iu;

const unsafeRisks: ReadonlySet<string> = new Set([
  'dangerous-function',
  'dynamic-sql',
  'reaches-server-files',
]);

function wholeOf(node: Node, { risks }: StatementAnalysis): Impact['whole'] {
  const isWhole = risks.some(
    ({ code }) => code === 'deletes-all-rows' || code === 'updates-all-rows',
  );
  if (!isWhole) return null;
  const condition =
    'DeleteStmt' in node
      ? node.DeleteStmt.whereClause
      : 'UpdateStmt' in node
        ? node.UpdateStmt.whereClause
        : undefined;
  if ('DeleteStmt' in node || 'UpdateStmt' in node) {
    return condition === undefined ? 'no-where' : 'always-true';
  }
  return null;
}

/** What VACUUM FULL, CLUSTER, REINDEX and REFRESH write anew, and what an index is built of. */
function rewrittenRelations(node: Node, { risks }: StatementAnalysis): RelationReference[] {
  const asks = risks.some(({ level }) => level === 'confirm');
  if ('VacuumStmt' in node && asks) {
    return (node.VacuumStmt.rels ?? []).flatMap((item) =>
      'VacuumRelation' in item ? relationReference(item.VacuumRelation.relation) : [],
    );
  }
  if ('IndexStmt' in node && asks) return relationReference(node.IndexStmt.relation);
  if ('ClusterStmt' in node) return relationReference(node.ClusterStmt.relation);
  if ('ReindexStmt' in node) return relationReference(node.ReindexStmt.relation);
  if ('RefreshMatViewStmt' in node) return relationReference(node.RefreshMatViewStmt.relation);
  return [];
}

type Body<T extends string> = Extract<Node, Record<T, object>>[T &
  keyof Extract<Node, Record<T, object>>];

function dropped({ objects = [], removeType, behavior }: Body<'DropStmt'>): ImpactSubject[] {
  const cascades = behavior === 'DROP_CASCADE';
  const names = objects.map(nameParts);
  if (relationTypes.has(removeType ?? '')) {
    const relations = names.flatMap((parts) => {
      const name = parts.at(-1);
      return name === undefined ? [] : [{ schema: parts.at(-2) ?? null, name, only: false }];
    });
    return onRelations('drop', relations, { cascades });
  }
  const objectClass = objectClasses[removeType ?? ''];
  if (objectClass === undefined) return [];
  return objects.map((object, index) => ({
    kind: 'object',
    label: `${objectTypeName(removeType)} ${dottedName(names[index] ?? [])}`,
    cascades,
    ...lookupOf(objectClass, object),
  }));
}

const objectClasses: Readonly<Record<string, ObjectClass>> = {
  OBJECT_SCHEMA: 'schema',
  OBJECT_EXTENSION: 'extension',
  OBJECT_FOREIGN_SERVER: 'server',
  OBJECT_FDW: 'wrapper',
  OBJECT_LANGUAGE: 'language',
  OBJECT_TYPE: 'type',
  OBJECT_DOMAIN: 'type',
  OBJECT_COLLATION: 'collation',
  OBJECT_FUNCTION: 'routine',
  OBJECT_PROCEDURE: 'routine',
  OBJECT_ROUTINE: 'routine',
};

const inSchemas: ReadonlySet<ObjectClass> = new Set(['type', 'collation', 'routine']);

/** How to find a named object: see findObject. */
function lookupOf(objectClass: ObjectClass, object: Node): Pick<ObjectSubject, 'class' | 'name'> {
  const parts = nameParts(object);
  const name = inSchemas.has(objectClass) ? quotedName(parts) : parts.join('.');
  if (objectClass !== 'routine') return { class: objectClass, name };
  const { objargs = [], args_unspecified: isNameOnly } =
    'ObjectWithArgs' in object ? object.ObjectWithArgs : {};
  return isNameOnly === true
    ? { class: 'routine-name', name }
    : { class: 'routine', name: `${name}(${objargs.map(typeText).join(', ')})` };
}

const quotedName = (parts: readonly string[]): string => parts.map(quoteIdentifier).join('.');

function typeText(node: Node): string {
  const { arrayBounds = [] } = 'TypeName' in node ? node.TypeName : {};
  return quotedName(nameParts(node)) + '[]'.repeat(arrayBounds.length);
}

function altered(
  { relation, cmds = [] }: Body<'AlterTableStmt'>,
  { risks }: StatementAnalysis,
): ImpactSubject[] {
  const relations = relationReference(relation);
  const parts = cmds.flatMap((node) => {
    const { subtype = '', name, behavior } = 'AlterTableCmd' in node ? node.AlterTableCmd : {};
    const kind = droppedParts[subtype];
    if (kind === undefined || name === undefined) return [];
    return [{ part: { kind, name }, cascades: behavior === 'DROP_CASCADE' }];
  });
  if (parts.length > 0) {
    return parts.flatMap((part) => onRelations('alter', relations, part));
  }
  // An ALTER that only adds or renames says enough by itself.
  return risks.some(({ level }) => level === 'confirm') ? onRelations('alter', relations, {}) : [];
}

const droppedParts: Readonly<Record<string, RelationPart['kind']>> = {
  AT_DropColumn: 'column',
  AT_DropConstraint: 'constraint',
};

function onRelations(
  action: RelationSubject['action'],
  relations: readonly RelationReference[],
  { cascades = false, part = null }: { cascades?: boolean; part?: RelationPart | null },
): RelationSubject[] {
  return relations.length === 0 ? [] : [{ kind: 'relations', action, relations, part, cascades }];
}

function rangeReference(node: Node): RelationReference[] {
  return 'RangeVar' in node ? relationReference(node.RangeVar) : [];
}

function relationReference(relation: RangeVar | undefined): RelationReference[] {
  if (relation?.relname === undefined) return [];
  const { schemaname, relname, inh } = relation;
  return [{ schema: schemaname ?? null, name: relname, only: inh !== true }];
}
