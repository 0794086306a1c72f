import type { SqlStatementKind } from '@shared/models/statement-analysis';
import type { OpenConnection } from '../connections/open-connection';
import type { Confirm, ConfirmationAnswer } from './confirmation';
import { canReview, mustAlwaysAsk, needsConfirmation, waivableKinds } from './confirmation-policy';
import { lookBefore } from './impact/look-before';
import type { PlannedStatement } from './run-plan';
import type { TabSession } from './tab-session';

/** Asks before risky statements, and remembers what a person does not want to be asked again. */
export class Questions {
  /** In memory only, and gone with the tab: its session is closed with it. */
  readonly #waived = new WeakMap<TabSession, Set<SqlStatementKind>>();

  /** Asks once for all statements of a run that need it, after a look at what they would do. */
  async ask(
    connection: OpenConnection,
    session: TabSession,
    planned: readonly PlannedStatement[],
    confirm: Confirm,
  ): Promise<ConfirmationAnswer['choice']> {
    const { environment } = connection.info;
    const waived = this.#waived.get(session) ?? new Set();
    const inQuestion = planned.filter(
      ({ analysis }) =>
        needsConfirmation(analysis, environment) &&
        (mustAlwaysAsk(analysis, environment) || !waived.has(analysis.kind)),
    );
    if (inQuestion.length === 0) return 'run';
    const statements = inQuestion.map(({ statement, analysis }) => ({
      text: statement.text,
      analysis,
    }));
    const seen = await lookBefore({
      statements,
      session,
      pool: connection.pool,
      setsUpTransaction: planned.some(({ analysis }) => analysis.kind === 'set'),
    });
    const waivable = waivableKinds(
      statements.map(({ analysis }) => analysis),
      environment,
    );
    const { choice, waive } = await confirm({
      connection: connection.info,
      statements: statements.map(({ text, analysis: { kind, risks } }, index) => {
        const { impacts = [], unknown = null } = seen[index] ?? {};
        return { text, kind, risks, impacts, unknown };
      }),
      total: planned.length,
      canReview: canReview(planned, session.transaction),
      waivable,
    });
    if (waive && choice !== 'cancel') this.#waived.set(session, new Set([...waived, ...waivable]));
    return choice;
  }
}
