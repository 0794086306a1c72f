import { setImmediate } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { SharedStart } from '../../../../../src/main/services/sample/shared-start';
import { sampleStartCancelled } from '../../../../../src/main/services/sample/sample-error';
import type { SampleProgress } from '../../../../../src/shared/models/sample';

const loading: SampleProgress = { step: 'loading rows', message: 'Loading.', fraction: 0.5 };
const ignore = (): void => undefined;

/** Work that ends only when the test says so, or when it is cancelled. */
function controlledWork() {
  const control = {
    finish: (_result: string): void => undefined,
    report: (_progress: SampleProgress): void => undefined,
    cleared: false,
  };
  const start = new SharedStart<string>((report, signal) => {
    control.report = report;
    return new Promise((resolve, reject) => {
      control.finish = resolve;
      signal.addEventListener('abort', () => {
        void setImmediate().then(() => {
          control.cleared = true;
          return reject(sampleStartCancelled());
        });
      });
    });
  });
  return { start, control };
}

describe('SharedStart', () => {
  test('gives every caller the one result and all progress from now on', async () => {
    const { start, control } = controlledWork();
    const first = vi.fn<(progress: SampleProgress) => void>();
    const second = vi.fn<(progress: SampleProgress) => void>();
    const waiting = [start.join(first)];
    control.report(loading);
    waiting.push(start.join(second));
    control.report({ ...loading, fraction: 0.7 });
    control.finish('address');
    expect(await Promise.all(waiting)).toEqual(['address', 'address']);
    expect(first.mock.calls.map(([progress]) => progress.fraction)).toEqual([0.5, 0.7]);
    expect(second.mock.calls.map(([progress]) => progress.fraction)).toEqual([0.5, 0.7]);
  });

  test('goes on for the others when one caller cancels', async () => {
    const { start, control } = controlledWork();
    const cancelling = new AbortController();
    const left = start.join(ignore, cancelling.signal);
    const stays = start.join(ignore);
    cancelling.abort();
    await expect(left).rejects.toMatchObject({ kind: 'Cancelled' });
    expect(start.isCancelled).toBe(false);
    control.finish('address');
    expect(await stays).toBe('address');
  });

  test('cancels the work when the last caller leaves, and waits until it has cleared away', async () => {
    const { start, control } = controlledWork();
    const cancelling = new AbortController();
    const left = start.join(ignore, cancelling.signal);
    cancelling.abort();
    await expect(left).rejects.toMatchObject({ kind: 'Cancelled' });
    expect(start.isCancelled).toBe(true);
    expect(control.cleared).toBe(true);
  });

  test('does not begin to wait for a caller that has cancelled already', async () => {
    const { start, control } = controlledWork();
    await expect(start.join(ignore, AbortSignal.abort())).rejects.toMatchObject({
      kind: 'Cancelled',
    });
    expect(control.cleared).toBe(true);
  });

  test('cancel ends it for everyone', async () => {
    const { start } = controlledWork();
    const waiting = Promise.allSettled([start.join(ignore), start.join(ignore)]);
    await start.cancel();
    expect((await waiting).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
  });
});
