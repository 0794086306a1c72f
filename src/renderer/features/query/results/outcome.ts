import type { DatabaseErrorData } from '@shared/models/database-error';
import type { ParameterValues } from '@shared/models/query-parameter';
import type {
  Notice,
  QueryResult,
  QueryRun,
  StatementOutcome,
  TextRange,
} from '@shared/models/query-result';
import { cellText } from '@shared/models/row-batch';
import { explainPrefix, type ExplainMode } from '@shared/sql/explain';
import { RowSource, type RowReader } from '../../../components/grid/row-source';
import { unreachable } from '../../../unreachable';

interface OutcomeBase {
  /** Unlike for every outcome of the session. */
  readonly id: string;
  /** The beginning of the statement, on one line. */
  readonly title: string;
  /** Where the statement stands in the submitted text; null when the whole run failed. */
  readonly range: TextRange | null;
  readonly notices: readonly Notice[];
}

/** What one statement came to, as it is shown. Durations are milliseconds. */
export type Outcome =
  | (OutcomeBase & {
      readonly kind: 'rows';
      readonly statement: string;
      /** The values that its run had; undefined for one without parameters. */
      readonly parameters: ParameterValues | undefined;
      readonly source: RowSource;
      readonly durationMs: number;
    })
  | (OutcomeBase & {
      /** What EXPLAIN answered, all of it. */
      readonly kind: 'plan';
      readonly text: string;
      readonly durationMs: number;
    })
  | (OutcomeBase & {
      readonly kind: 'command';
      readonly commandTag: string;
      readonly rowCount: number | null;
      /** Its transaction was rolled back after it had ended. */
      readonly isUndone?: true;
      readonly durationMs: number;
    })
  | (OutcomeBase & {
      readonly kind: 'failed';
      readonly error: DatabaseErrorData;
      /** Other statements of its script that were not sent because of it. */
      readonly notRun?: number;
      /** Nothing of its run was sent. */
      readonly unsent?: true;
      readonly durationMs: number;
    })
  | (OutcomeBase & { readonly kind: 'declined' })
  /** A command of psql, which is for no server: its notice says what became of it. */
  | (OutcomeBase & { readonly kind: 'skipped' });

/** An outcome of a run of which nothing was sent. */
export type Refusal = Extract<Outcome, { kind: 'failed' | 'declined' }>;

export function isRefusal(outcome: Outcome): outcome is Refusal {
  return outcome.kind === 'failed' || outcome.kind === 'declined';
}

const maxTitle = 32;

/** The first words of a statement without comments in front of it. */
export function statementTitle(statement: string): string {
  const words = statement
    .slice(0, 4000)
    .replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/u, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  return words.length > maxTitle ? `${words.slice(0, maxTitle - 1).trimEnd()}…` : words;
}

/** What a run was asked for beside its text. */
export interface RunFacts {
  readonly parameters?: ParameterValues | undefined;
  readonly explain?: ExplainMode | undefined;
}

/** An outcome of main, ready to be shown. */
export function toOutcome(
  outcome: StatementOutcome,
  text: string,
  reader: RowReader,
  { parameters, explain }: RunFacts = {},
): Outcome {
  const range = outcome.status === 'done' ? outcome.result.range : outcome.range;
  const title = statementTitle(text.slice(range.from, range.to));
  // Spread last: V8 takes thirty times as long for an object that begins with a spread.
  const base = { id: crypto.randomUUID(), title, range };
  switch (outcome.status) {
    case 'declined':
      return { kind: 'declined', notices: [], ...base };
    case 'failed': {
      const { error, durationMs, notices } = outcome;
      return { kind: 'failed', error, durationMs, notices, ...base };
    }
    case 'done': {
      const { result } = outcome;
      const { durationMs, notices, rowCount } = result;
      const plan = planText(result);
      if (plan !== null) return { kind: 'plan', text: plan, durationMs, notices, ...base };
      if (result.columns !== null) {
        const statement = text.slice(range.from, range.to);
        return {
          kind: 'rows',
          statement:
            explain === undefined ? statement : explainPrefix(statement, explain) + statement,
          parameters,
          source: new RowSource(result, reader),
          durationMs,
          notices,
          ...base,
        };
      }
      const { commandTag } = result;
      // The server answers every statement that it carries out with a command tag.
      if (commandTag === null) return { kind: 'skipped', notices, ...base };
      return { kind: 'command', commandTag, rowCount, durationMs, notices, ...base };
    }
    default:
      return unreachable(outcome);
  }
}

/** The outcomes of a run; the failure that ended it knows how many statements were not sent. */
export function toOutcomes(
  run: Pick<QueryRun, 'outcomes' | 'notRun' | 'nothingSent'>,
  text: string,
  reader: RowReader,
  facts?: RunFacts,
): Outcome[] {
  const outcomes = run.outcomes.map((outcome) => toOutcome(outcome, text, reader, facts));
  const last = outcomes.at(-1);
  if (last?.kind !== 'failed') return outcomes;
  const { notRun, nothingSent } = run;
  return [
    ...outcomes.slice(0, -1),
    {
      ...last,
      ...(notRun !== undefined && { notRun }),
      ...(nothingSent === true && { unsent: true }),
    },
  ];
}

/** Tags of commands that begin or end a transaction. */
const transactionTag = /^(?:BEGIN|START TRANSACTION|COMMIT|ROLLBACK|PREPARE TRANSACTION)$/u;

/** The outcomes of a run once the transaction that it left open was rolled back. */
export function rolledBack(outcomes: readonly Outcome[]): Outcome[] {
  const begin = outcomes.findLastIndex(
    (outcome) => outcome.kind === 'command' && transactionTag.test(outcome.commandTag),
  );
  return outcomes.map((outcome, index) =>
    index > begin && outcome.kind === 'command' ? { ...outcome, isUndone: true } : outcome,
  );
}

/** What EXPLAIN answered, line by line; null for any other result and for one too long to have come at once. */
function planText({ columns, commandTag, resultId, rows }: QueryResult): string | null {
  // A query may call its column so, too.
  if (commandTag !== 'EXPLAIN') return null;
  if (columns?.length !== 1 || columns[0]?.name !== 'QUERY PLAN' || resultId !== null) return null;
  return Array.from({ length: rows.ends.length }, (_, row) => cellText(rows, row, 0)).join('\n');
}

/** The outcome of a run that main did not carry out at all. */
export function failedRun(error: DatabaseErrorData, durationMs: number): Outcome {
  const base = { id: crypto.randomUUID(), title: 'Not run', range: null, notices: [] };
  return { ...base, kind: 'failed', error, durationMs };
}
