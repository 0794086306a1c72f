import { z } from 'zod';
import { rowCountOf } from './command-tag';
import {
  queryRunSchema,
  statementOutcomeSchema,
  type QueryResult,
  type QueryRun,
  type StatementOutcome,
} from './query-result';

/**
 * Commands in a row that gave neither rows nor notices, value by value. A script may have tens of
 * thousands of them, and both processes stand still while as many objects cross between them.
 */
const doneCommandsSchema = z.object({
  status: z.literal('done-commands'),
  /** Of each its range: where it begins and where it ends. UTF-16 units. */
  ranges: z.instanceof(Uint32Array),
  /** Milliseconds. */
  durations: z.instanceof(Float64Array),
  /** As the server answered, one on each line. */
  commandTags: z.string(),
});
type DoneCommands = z.infer<typeof doneCommandsSchema>;

/** A run as it crosses between the processes. */
export const packedRunSchema = queryRunSchema.extend({
  outcomes: z.array(z.union([statementOutcomeSchema, doneCommandsSchema])),
});
export type PackedRun = z.infer<typeof packedRunSchema>;

/** What the result of a statement that returns no rows holds. */
export const noRows = {
  columns: null,
  rows: { rowCount: 0, columnCount: 0, ends: new Int32Array(0), bytes: new Uint8Array(0) },
  resultId: null,
  readRows: 0,
  hasMore: false,
} as const satisfies Partial<QueryResult>;

/** A run with its commands in a few long values. */
export function packRun({ outcomes, ...run }: QueryRun): PackedRun {
  const packed: PackedRun['outcomes'] = [];
  let commands = new CommandList();
  for (const outcome of outcomes) {
    if (commands.take(outcome)) continue;
    packed.push(...commands.packed, outcome);
    commands = new CommandList();
  }
  packed.push(...commands.packed);
  return { ...run, outcomes: packed };
}

/** The run as it was before `packRun`. */
export function unpackRun({ outcomes, ...run }: PackedRun): QueryRun {
  const unpacked: StatementOutcome[] = [];
  for (const outcome of outcomes) {
    if (outcome.status === 'done-commands') unpackCommands(outcome, unpacked);
    else unpacked.push(outcome);
  }
  return { ...run, outcomes: unpacked };
}

/** Commands that follow one another. */
class CommandList {
  readonly #ranges: number[] = [];
  readonly #durations: number[] = [];
  readonly #commandTags: string[] = [];

  /** Takes an outcome in; false where there is more to tell of it than its tag. */
  take(outcome: StatementOutcome): boolean {
    if (outcome.status !== 'done') return false;
    const { range, durationMs, commandTag, columns, notices, rowCount } = outcome.result;
    const isPlain =
      columns === null &&
      notices.length === 0 &&
      commandTag?.includes('\n') === false &&
      rowCount === rowCountOf(commandTag);
    if (!isPlain) return false;
    this.#ranges.push(range.from, range.to);
    this.#durations.push(durationMs);
    this.#commandTags.push(commandTag);
    return true;
  }

  /** One value for all of them, or none where there are none. */
  get packed(): DoneCommands[] {
    if (this.#commandTags.length === 0) return [];
    return [
      {
        status: 'done-commands',
        ranges: new Uint32Array(this.#ranges),
        durations: new Float64Array(this.#durations),
        commandTags: this.#commandTags.join('\n'),
      },
    ];
  }
}

function unpackCommands(
  { ranges, durations, commandTags }: DoneCommands,
  into: StatementOutcome[],
): void {
  for (const [index, commandTag] of commandTags.split('\n').entries()) {
    into.push({
      status: 'done',
      result: {
        range: { from: ranges[index * 2] ?? 0, to: ranges[index * 2 + 1] ?? 0 },
        commandTag,
        rowCount: rowCountOf(commandTag),
        durationMs: durations[index] ?? 0,
        notices: [],
        // Last: V8 takes thirty times as long for an object that begins with a spread.
        ...noRows,
      },
    });
  }
}
