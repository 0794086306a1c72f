import { endsWithin } from './db/deadline';
import type { Log } from './log';

/** One step of ending the app. */
export interface ShutDownStep {
  /** What it does, for the log. */
  readonly name: string;
  /** How long it may take, in milliseconds. */
  readonly limitMs: number;
  readonly run: () => Promise<unknown>;
}

/**
 * Takes the steps one after another. One that fails, or is not done in time, is logged and left behind,
 * so that quitting always ends. Never raises; resolves with whether all have come to an end.
 */
export async function takeSteps(
  steps: readonly ShutDownStep[],
  log: Pick<Log, 'error'>,
): Promise<boolean> {
  let haveAllEnded = true;
  for (const { name, limitMs, run } of steps) {
    const ended = run().catch((error: unknown) => log.error(name, error));
    if (await endsWithin(limitMs, ended)) continue;
    haveAllEnded = false;
    log.error(`${name} was given up after ${limitMs} ms`);
  }
  return haveAllEnded;
}
