import type { ParameterValues } from '@shared/models/query-parameter';
import { DatabaseError } from '../../../db/errors/database-error';
import type { ExaminationRequest, ExaminedStatement } from '../examination/examine';
import type { Examiner } from '../examination/examiner';
import { Turn } from '../../../turn';
import { explainedSent } from './explained-statement';
import { type SentStatement, sentStatement } from './parameters';
import { refuseUnsendable } from './unsendable-characters';

/** A statement that is going to run, with what is known of it beforehand. */
export interface PlannedStatement extends Pick<
  ExaminedStatement,
  'statement' | 'range' | 'analysis'
> {
  /** What the server gets. */
  readonly sent: SentStatement;
}

export interface PlanRequest extends ExaminationRequest {
  /** Values of the parameters by name. */
  readonly parameters?: ParameterValues | undefined;
}

/**
 * The statements that a target stands for, in order, with ranges in the submitted text. Raises
 * DatabaseError of kind InvalidInput when there is nothing to run, when a parameter has no value, for
 * characters that cannot be sent, and for COPY … TO STDOUT.
 * With `explain`, each statement is explained in place of being run. Rejects with the signal's reason
 * when it is aborted.
 */
export async function planRun(
  examiner: Examiner,
  { text, target, explain, parameters = {} }: PlanRequest,
  signal?: AbortSignal,
): Promise<PlannedStatement[]> {
  refuseUnsendable(text, parameters);
  const examined = await examiner.examine({ text, target, explain }, signal);
  if (examined.length === 0) {
    throw new DatabaseError({
      kind: 'InvalidInput',
      message: 'There is no statement to run here.',
      advice: 'Put the cursor into a statement, or select one.',
    });
  }
  if (explain !== undefined) refuseRows(examined);
  refuseFiles(examined);
  const planned: PlannedStatement[] = [];
  const turn = new Turn();
  for (const { statement, range, analysis, parameters: uses } of examined) {
    if (turn.isOver) await turn.pass();
    const own = sentStatement(statement, range.from, parameters, uses);
    const isExplained = explain !== undefined && statement.kind === 'sql';
    const sent = isExplained ? explainedSent(own, explain) : own;
    planned.push({ statement, range, analysis, sent });
  }
  return planned;
}

/** COPY … TO STDOUT sends a file as long as its table, which would be read to its end for nothing. */
function refuseFiles(examined: readonly Pick<PlannedStatement, 'analysis' | 'range'>[]): void {
  const copy = examined.find(({ analysis }) => analysis.copiesToClient);
  if (copy === undefined) return;
  throw new DatabaseError({
    kind: 'InvalidInput',
    message: 'COPY … TO STDOUT sends a file, not rows: nothing was sent.',
    advice: 'Run its query (SELECT … or TABLE …), then choose "Export Result…".',
    position: copy.range.from,
  });
}

/** COPY with its rows would not be explained but run: there is no EXPLAIN of it. */
function refuseRows(examined: readonly Pick<PlannedStatement, 'statement' | 'range'>[]): void {
  const copy = examined.find(({ statement }) => statement.kind === 'copy-data');
  if (copy === undefined) return;
  throw new DatabaseError({
    kind: 'InvalidInput',
    message: 'COPY … FROM STDIN cannot be explained: nothing was sent.',
    advice: 'Select the statements to explain without it.',
    position: copy.range.from,
  });
}
