import type { HistoryEnd } from '@shared/models/query-history';
import type { ParameterValues } from '@shared/models/query-parameter';
import type { QueryRun, TextRange } from '@shared/models/query-result';
import { explainPrefix, type ExplainMode } from '@shared/sql/explain';
import { workspaceKey } from '@shared/models/workspace';
import type { Connection } from '@shared/models/connection-profile';
import type { QueryHistory } from './query-history';

/** Told of the statements of a run right before the first of them is sent. */
export type OnSending = (statements: readonly { readonly range: TextRange }[]) => void;

/** What is to run. */
interface RecordedRequest {
  readonly text: string;
  readonly explain?: ExplainMode | undefined;
  readonly parameters?: ParameterValues | undefined;
}

/** A shorter value is not looked for in messages: it would be found in words that are not it. */
const shortestValue = 3;

/** Runs statements of a text and notes in the history what was sent and how it came out. */
export async function recordRun(
  history: QueryHistory,
  connection: Connection,
  { text, explain, parameters = {} }: RecordedRequest,
  run: (onSending: OnSending) => Promise<QueryRun>,
): Promise<QueryRun> {
  const noted: { startedAt: number; finish: (end: HistoryEnd | null) => void } = {
    startedAt: 0,
    finish: () => undefined,
  };
  const elapsed = (): number => performance.now() - noted.startedAt;
  try {
    const answer = await run((statements) => {
      const from = statements[0]?.range.from ?? 0;
      const to = statements.at(-1)?.range.to ?? text.length;
      const sent = text.slice(from, to);
      noted.startedAt = performance.now();
      noted.finish = history.begin({
        workspace: workspaceKey(connection),
        connection: connection.name,
        text: explain === undefined ? sent : explainPrefix(sent, explain) + sent,
        statements: Math.max(1, statements.length),
      });
    });
    const end = answer.nothingSent === true ? null : endOf(answer, durationOf(answer) ?? elapsed());
    noted.finish(end && { ...end, error: end.error && withoutValues(end.error, parameters) });
    return answer;
  } catch (error) {
    const message = withoutValues(
      error instanceof Error ? error.message : String(error),
      parameters,
    );
    noted.finish({ outcome: 'failed', durationMs: elapsed(), rows: null, error: message });
    throw error;
  }
}

/** The history keeps no values of parameters, of which some are secret: an error may repeat them. */
function withoutValues(message: string, parameters: ParameterValues): string {
  return Object.values(parameters)
    .filter((value) => value !== null && value.length >= shortestValue)
    .reduce<string>((text, value) => text.replaceAll(value ?? '', '…'), message);
}

/** Of a single statement its own time, as its result shows it too; null for several. */
function durationOf({ outcomes: [only, second] }: QueryRun): number | null {
  if (only === undefined || second !== undefined || only.status === 'declined') return null;
  return only.status === 'done' ? only.result.durationMs : only.durationMs;
}

function endOf({ outcomes, notRun }: QueryRun, durationMs: number): HistoryEnd {
  const failure = outcomes.find((outcome) => outcome.status === 'failed');
  const last = outcomes.at(-1);
  const rows = last?.status === 'done' ? last.result.rowCount : null;
  if (failure !== undefined && failure.error.kind !== 'Cancelled') {
    return { outcome: 'failed', durationMs, rows, error: failure.error.message };
  }
  const wasCancelled = failure !== undefined || notRun !== undefined;
  return { outcome: wasCancelled ? 'cancelled' : 'done', durationMs, rows, error: null };
}
