import type { SqlStatementKind, StatementAnalysis } from '@shared/models/statement-analysis';

/** What statements of a run will have changed for one that comes behind them. */
export interface EarlierChanges {
  /** Settings such as the search_path: the same name may then be another table. */
  readonly session: boolean;
  /** Rows or structure. */
  readonly data: boolean;
  /** What is there only then, temporary tables apart: a name that nothing had may stand for something. */
  readonly additions: boolean;
  /** A relation of the same name is gone then: what a temporary table has hidden comes to light. */
  readonly uncovers: boolean;
}

/** What these make is not told by their text. */
const addingKinds: ReadonlySet<SqlStatementKind> = new Set([
  'do',
  'call',
  'execute',
  'unknown',
  'meta-command',
]);

const beginnings: ReadonlySet<StatementAnalysis['transactionControl']> = new Set([
  'begin',
  'savepoint',
  'release',
]);

/** The statements of a run so far, by what they change for the next. */
export class EarlierStatements {
  #session = false;
  #data = false;
  #additions = false;
  readonly #dropped = new Set<string>();

  /** What they will have changed for this statement. */
  changesFor({ relations }: StatementAnalysis): EarlierChanges {
    return {
      session: this.#session,
      data: this.#data,
      additions: this.#additions,
      uncovers: relations.some(({ name }) => this.#dropped.has(name)),
    };
  }

  /** Takes one more into account. */
  add(analysis: StatementAnalysis): void {
    const { kind, relations, routines = [], changesSession, writes, changesStructure } = analysis;
    // A rollback brings rows back.
    const rollsBack =
      analysis.transactionControl === 'rollback' || analysis.transactionControl === 'rollback-to';
    const makesTemporary = changesSession && relations.some(({ role }) => role === 'create');
    this.#session ||= kind === 'set' || (changesSession && !makesTemporary);
    this.#data ||= writes || changesStructure || rollsBack;
    // What a transaction has dropped comes back, and what was to last as long as it is gone.
    const endsTransaction = kind === 'transaction' && !beginnings.has(analysis.transactionControl);
    this.#additions ||=
      endsTransaction ||
      addingKinds.has(kind) ||
      routines.length > 0 ||
      (changesStructure && kind !== 'drop' && !makesTemporary);
    if (kind === 'drop') for (const { name } of relations) this.#dropped.add(name);
  }
}
