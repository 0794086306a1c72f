import type { EnvironmentLabel } from '@shared/models/connection-profile';
import type { TransactionStatus } from '@shared/models/query-result';
import type {
  RiskCode,
  SqlStatementKind,
  StatementAnalysis,
} from '@shared/models/statement-analysis';
import type { Impact } from '../impact/impact';
import type { EarlierChanges } from '../impact/earlier-statements';
import type { PlannedStatement } from '../run/run-plan';

/** Whether a person is asked first: for what is risky, and in production for whatever changes anything. */
export function needsConfirmation(
  analysis: StatementAnalysis,
  environment: EnvironmentLabel,
): boolean {
  return isRisky(analysis) || (environment === 'production' && changesAnything(analysis));
}

/** Whether a statement needs care wherever it runs. */
export function isRisky({ risks }: StatementAnalysis): boolean {
  return risks.some(({ level }) => level === 'confirm');
}

/** Whether a statement changes rows, structure, rights or the server, as far as its text tells. */
export function changesAnything(analysis: StatementAnalysis): boolean {
  const { writes, changesStructure, changesRights, touchesServer } = analysis;
  return writes || changesStructure || changesRights || touchesServer;
}

/** Risks that are none where there is nothing, or nothing but temporary tables. */
const risksOfRelations: ReadonlySet<RiskCode> = new Set([
  'deletes-all-rows',
  'updates-all-rows',
  'condition-misses-target',
  'truncates',
  'drops',
]);

/**
 * Whether a look has found that a statement meets nothing that lasts: what it names is not there, or
 * is temporary. DROP TABLE IF EXISTS opens many a script, and a dialog that comes then is answered
 * without reading.
 */
export function touchesNothing(
  { risks }: StatementAnalysis,
  impacts: readonly Impact[],
  before: EarlierChanges,
): boolean {
  if (before.session || before.additions || impacts.length === 0) return false;
  const isSpared = ({ action, isAbsent, targets, dependents, referringTables }: Impact): boolean =>
    isAbsent ||
    // What is added takes nothing away, wherever it goes.
    (action === 'insert' && targets.length > 0) ||
    (targets.length > 0 &&
      targets.every(({ isTemporary }) => isTemporary) &&
      !before.uncovers &&
      dependents.length === 0 &&
      referringTables.length === 0);
  return (
    impacts.every(isSpared) &&
    risks.every(({ level, code }) => level !== 'confirm' || risksOfRelations.has(code))
  );
}

/**
 * Whether the run can be tried in a transaction of its own: the server must take every statement
 * inside one, and a rollback must undo them all.
 */
export function canReview(
  planned: readonly PlannedStatement[],
  transaction: TransactionStatus,
): boolean {
  return (
    transaction === 'idle' &&
    planned.every(
      ({ statement, analysis }) =>
        statement.kind === 'sql' &&
        analysis.kind !== 'unknown' &&
        analysis.transactionControl === null &&
        !analysis.cannotRunInTransaction &&
        !analysis.touchesServer,
    )
  );
}

/** These kinds say nothing of what the next statement of the same kind does. */
const neverWaived: ReadonlySet<SqlStatementKind> = new Set([
  'unknown',
  'meta-command',
  'select',
  'do',
  'call',
  'execute',
  'explain',
  'transaction',
  'set',
]);

/** Whether no earlier answer stands for this statement: in production, and where its kind says too little. */
export function mustAlwaysAsk(analysis: StatementAnalysis, environment: EnvironmentLabel): boolean {
  return environment === 'production' || neverWaived.has(analysis.kind) || analysis.touchesServer;
}

/** The kinds of statement that a tab may be told not to ask about again; empty when it must ask. */
export function waivableKinds(
  analyses: readonly StatementAnalysis[],
  environment: EnvironmentLabel,
): readonly SqlStatementKind[] {
  return analyses.some((analysis) => mustAlwaysAsk(analysis, environment))
    ? []
    : [...new Set(analyses.map(({ kind }) => kind))];
}
