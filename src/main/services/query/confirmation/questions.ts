import type { SqlStatementKind, StatementAnalysis } from '@shared/models/statement-analysis';
import type { OpenConnection } from '../../connections/open-connection';
import type { Confirm, ConfirmationAnswer, StatementInQuestion } from './confirmation';
import {
  canReview,
  isRisky,
  mustAlwaysAsk,
  needsConfirmation,
  touchesNothing,
  waivableKinds,
} from './confirmation-policy';
import { EarlierStatements } from '../impact/earlier-statements';
import { lookBefore, type LookSubject } from '../impact/look-before';
import { withLiterals } from '../run/parameters';
import { withRisksOfPlace } from './risks-of-place';
import type { PlannedStatement } from '../run/run-plan';
import type { TabSession } from '../session/tab-session';
import { Turn } from '../../../turn';

/** A statement that may need a person's word. */
interface Subject extends LookSubject {
  readonly item: PlannedStatement;
}

/** What a person has chosen, or need not choose. */
interface Answer {
  readonly choice: ConfirmationAnswer['choice'];
  /** The statements of the run, with what is known of them where they run: see withRisksOfPlace. */
  readonly statements: readonly PlannedStatement[];
}

/** Asks before risky statements, and remembers what a person does not want to be asked again. */
export class Questions {
  /** In memory only, and gone with the tab: its session is closed with it. */
  readonly #waived = new WeakMap<TabSession, Set<SqlStatementKind>>();

  /**
   * Asks once for all statements of a run that need it, after a look at what they would do. A run that
   * is cancelled meanwhile is not asked about any more: the answer is no.
   */
  async ask(
    connection: OpenConnection,
    session: TabSession,
    planned: readonly PlannedStatement[],
    { confirm, signal }: { readonly confirm: Confirm; readonly signal: AbortSignal },
  ): Promise<Answer> {
    const { info } = connection;
    // A connection can be told to ask for as much as production does.
    const environment = info.confirmEverything === true ? 'production' : info.environment;
    const waived = this.#waived.get(session) ?? new Set();
    const risky: Subject[] = [];
    const others: Subject[] = [];
    const place = {
      session,
      pool: connection.pool,
      settings: connection.settings,
      signal,
      setsUpTransaction: planned.some(({ analysis }) => analysis.kind === 'set'),
    };
    const earlier = new EarlierStatements();
    const items = await withRisksOfPlace(planned, place, environment);
    const answer = (choice: Answer['choice']): Answer => ({ choice, statements: items });
    if (signal.aborted) return answer('cancel');
    const turn = new Turn();
    for (const item of items) {
      if (turn.isOver) await turn.pass();
      const { analysis } = item;
      const isWaived = waived.has(analysis.kind) && !mustAlwaysAsk(analysis, environment);
      if (needsConfirmation(analysis, environment) && !isWaived) {
        const before = earlier.changesFor(analysis);
        const subject = { item, text: withLiterals(item.sent), analysis, before };
        (isRisky(analysis) ? risky : others).push(subject);
      }
      earlier.add(analysis);
    }
    // There is room and time for a few: those that ask by themselves come before those that production asks about.
    const subjects = [...risky, ...others];
    if (subjects.length === 0) return answer('run');
    const looked = await lookBefore({ ...place, statements: subjects });
    const inQuestion: { analysis: StatementAnalysis; seen: StatementInQuestion }[] = [];
    for (const [index, { item, analysis, before }] of subjects.entries()) {
      if (turn.isOver) await turn.pass();
      const { impacts = [], unknown = null } = looked[index] ?? {};
      if (environment !== 'production' && touchesNothing(analysis, impacts, before)) continue;
      const { kind, risks } = analysis;
      const seen = { text: item.statement.text, kind, risks, impacts, unknown };
      inQuestion.push({ analysis, seen });
    }
    if (signal.aborted) return answer('cancel');
    if (inQuestion.length === 0) return answer('run');
    const waivable = waivableKinds(
      inQuestion.map(({ analysis }) => analysis),
      environment,
    );
    const question = {
      connection: connection.info,
      statements: inQuestion.map(({ seen }) => seen),
      total: planned.length,
      canReview: canReview(items, session.transaction),
      waivable,
    };
    const { choice, waive } = await confirm(question, signal);
    if (choice === 'cancel' || signal.aborted) return answer('cancel');
    if (waive) this.#waived.set(session, new Set([...waived, ...waivable]));
    return answer(choice);
  }
}
