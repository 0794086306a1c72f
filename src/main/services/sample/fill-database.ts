import type { SampleProgress } from '@shared/models/sample';
import type { Client } from 'pg';
import { sampleServerFailed, sampleStartCancelled } from './sample-error';
import { fillSteps } from './schema/fill-steps';

/** The share of the whole start at which filling begins and ends. */
const from = 0.14;
const to = 0.8;

/**
 * Makes the schema and its rows in one transaction, which rows of new tables need to bypass the
 * WAL, then analyses. Raises DatabaseError: SampleServerFailed, or Cancelled; the session may
 * still be busy then.
 */
export async function fillDatabase(
  client: Client,
  report: (progress: SampleProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const cancelled = new Promise<never>((_, reject) => {
    const stop = (): void => reject(sampleStartCancelled());
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
  await Promise.race([fill(client, report), cancelled]);
}

async function fill(client: Client, report: (progress: SampleProgress) => void): Promise<void> {
  const whole = fillSteps.reduce((sum, step) => sum + step.weight, 0);
  let done = 0;
  await client.query(
    "BEGIN; SET LOCAL client_min_messages = 'warning'; SET LOCAL timezone = 'UTC'",
  );
  for (const { step, message, weight, sql, name } of fillSteps) {
    report({ step, message, fraction: from + ((to - from) * done) / whole });
    await client.query(sql).catch((error: unknown) => {
      throw sampleServerFailed({
        message: `The sample database could not be filled (${name}).`,
        detail: error instanceof Error ? error.message : String(error),
        cause: error,
      });
    });
    done += weight;
  }
  await client.query('COMMIT');
  report({ step: 'analysing', message: 'Gathering statistics for the planner.', fraction: to });
  // VACUUM sets the visibility map, so that index-only scans are what they would be in daily use.
  await client.query('VACUUM (ANALYZE)');
}
