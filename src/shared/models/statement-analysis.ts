import { z } from 'zod';
import { textRangeSchema } from './query-result';

/** What a statement is. `unknown`: it could not be parsed. `meta-command`: a line for psql. */
export const sqlStatementKinds = [
  'select',
  'insert',
  'update',
  'delete',
  'merge',
  'truncate',
  'create',
  'alter',
  'drop',
  'grant',
  'revoke',
  'comment',
  'copy',
  'import',
  'explain',
  'show',
  'set',
  'do',
  'call',
  'prepare',
  'execute',
  'deallocate',
  'cursor',
  'transaction',
  'lock',
  'vacuum',
  'analyze',
  'reindex',
  'cluster',
  'refresh',
  'notify',
  'checkpoint',
  'load',
  'discard',
  'meta-command',
  'unknown',
] as const;
export const sqlStatementKindSchema = z.enum(sqlStatementKinds);
export type SqlStatementKind = z.infer<typeof sqlStatementKindSchema>;

export const relationRoles = [
  'read',
  'write',
  'create',
  'alter',
  'drop',
  'truncate',
  'lock',
] as const;

/** A relation as the statement names it; which schema null means is the search_path's to say. */
export const relationUseSchema = z.object({
  schema: z.string().nullable(),
  name: z.string(),
  role: z.enum(relationRoles),
});
export type RelationUse = z.infer<typeof relationUseSchema>;
export type RelationRole = RelationUse['role'];

/** A function or procedure that is called; which schema null means is the search_path's to say. */
export const calledRoutineSchema = relationUseSchema.pick({ schema: true, name: true });
export type CalledRoutine = z.infer<typeof calledRoutineSchema>;

/** A column that a subquery gives, named without the relation that it is of. */
export const subqueryColumnSchema = z.object({
  name: z.string(),
  /** What the subquery reads: where none of these has the column, it is that of a row outside. */
  relations: z.array(relationUseSchema.pick({ schema: true, name: true })),
});
export type SubqueryColumn = z.infer<typeof subqueryColumnSchema>;

/** A condition that names columns in subqueries only, and does not say whose they are. */
export const innerConditionSchema = z.object({
  /** The beginning of a sentence, such as "May delete". */
  effect: z.string(),
  /** The relation whose rows it chooses, as it is written. */
  target: z.string(),
  columns: z.array(z.string()),
});
export type InnerCondition = z.infer<typeof innerConditionSchema>;

/** A condition that holds for every row of its target in which none of these columns is NULL. */
export const nullConditionSchema = z.object({
  code: z.enum(['deletes-all-rows', 'updates-all-rows']),
  /** The beginning of a sentence, such as "Deletes". */
  effect: z.string(),
  target: relationUseSchema.pick({ schema: true, name: true }),
  columns: z.array(z.string()),
});
export type NullCondition = z.infer<typeof nullConditionSchema>;

/** A column that ALTER TABLE makes text of so many characters at most, null being of any number. */
export const textWidthSchema = z.object({
  table: relationUseSchema.pick({ schema: true, name: true }),
  column: z.string(),
  mostCharacters: z.number().int().nullable(),
  /** The reason of the risk that is none where the column held no longer text before. */
  reason: z.string(),
});
export type TextWidth = z.infer<typeof textWidthSchema>;

/** Why a statement needs care. */
export const riskCodes = [
  /** DELETE without a condition, or with one that is true for all rows. */
  'deletes-all-rows',
  'updates-all-rows',
  /** The WHERE does not depend on the row of the target, or not on what it is joined with. */
  'condition-misses-target',
  /** MERGE whose condition joins nothing, or that deletes. */
  'merges-all-rows',
  'merge-deletes',
  'truncates',
  'drops',
  /** DROP OWNED, REASSIGN OWNED. */
  'changes-ownership',
  /** ALTER that loses data or a guard: DROP COLUMN, DROP CONSTRAINT, DISABLE TRIGGER, … */
  'alter-loses-data',
  'alter-loses-guard',
  'rewrites-table',
  /** Reads all of a table under a lock that makes others wait. */
  'scans-table',
  /** Holds a lock that keeps others from reading or writing. */
  'blocks-others',
  'locks-rows',
  /** Rows of a system catalog are changed, which is for ALTER and the like to do. */
  'changes-catalog',
  'changes-rights',
  'changes-server',
  /** A program or a file of the server's. */
  'reaches-server-files',
  /** A function that acts on the server or on other sessions. */
  'dangerous-function',
  /** A function whose effect only the catalog could tell. */
  'unknown-function',
  /** Code that is run on every later event: a trigger, a rule, an event trigger, an extension. */
  'installs-code',
  'overwrites-rows',
  'changes-session-safety',
  'leaves-read-only',
  'ends-transaction',
  /** SQL that is put together at run time, or prepared elsewhere. */
  'dynamic-sql',
  /** A command of psql that is left out. */
  'meta-command',
  'not-understood',
] as const;
export type RiskCode = (typeof riskCodes)[number];

export const riskSchema = z.object({
  code: z.enum(riskCodes),
  /** confirm: ask before running. notice: worth telling, not worth a question. */
  level: z.enum(['confirm', 'notice']),
  /** One plain sentence for a person. */
  reason: z.string(),
  /** What it happens to, as it is written in the statement. */
  relation: z.string().optional(),
});
export type Risk = z.infer<typeof riskSchema>;

export const transactionControls = [
  'begin',
  'commit',
  'rollback',
  'savepoint',
  'release',
  'rollback-to',
  'prepare',
] as const;
export type TransactionControl = (typeof transactionControls)[number];

/** What can be said of one statement from its text alone. */
export const statementAnalysisSchema = z.object({
  /** Where the statement stands in the submitted text. */
  range: textRangeSchema,
  kind: sqlStatementKindSchema,
  relations: z.array(relationUseSchema),
  reads: z.boolean(),
  /** Changes rows, or may. */
  writes: z.boolean(),
  changesStructure: z.boolean(),
  changesRights: z.boolean(),
  /** Acts on the server, its files or other sessions rather than on this database's rows. */
  touchesServer: z.boolean(),
  transactionControl: z.enum(transactionControls).nullable(),
  /** The server refuses it, or may, inside a transaction block (SQLSTATE 25001; 2D000 for code). */
  cannotRunInTransaction: z.boolean(),
  /** Leaves something behind in the session, so that the tab must keep its client. */
  changesSession: z.boolean(),
  /** Switches a read-only session or transaction to read and write. */
  leavesReadOnly: z.boolean(),
  /** Whether rows are to be expected. */
  returnsRows: z.boolean(),
  /** COPY … TO STDOUT: what it sends is a file, and no rows. */
  copiesToClient: z.boolean(),
  /** The numbers of its parameters, $1 being 1, in ascending order. */
  parameters: z.array(z.number().int()),
  risks: z.array(riskSchema),
  /** Of a statement that writes; left out where there are none. Only the catalog tells whose they are. */
  subqueryColumns: z.array(subqueryColumnSchema).optional(),
  innerConditions: z.array(innerConditionSchema).optional(),
  nullConditions: z.array(nullConditionSchema).optional(),
  /** Types of somebody's own that ALTER TABLE adds columns of: only the catalog tells what they are. */
  addedTypes: z.array(calledRoutineSchema).optional(),
  /** Only the catalog tells what the columns are so far. */
  textWidths: z.array(textWidthSchema).optional(),
  /** Those of which nothing is known here. */
  routines: z.array(calledRoutineSchema).optional(),
});
export type StatementAnalysis = z.infer<typeof statementAnalysisSchema>;
