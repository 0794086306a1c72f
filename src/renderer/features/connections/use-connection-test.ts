import type { ProfileSave } from '@shared/ipc/contract';
import type { ConnectionTest } from '@shared/models/connection-profile';
import { useEffect, useRef, useState } from 'react';
import { call, errorData } from '../../api/postern';
import type { TestState } from './connection-test-result';
import type { FormValues } from './form-values';

interface ConnectionTestRun {
  /** Null before the first test, and after one that was cancelled. */
  readonly state: TestState | null;
  /** Whether the form was changed since. */
  readonly isStale: boolean;
  /** Tries what would be saved; null where that comes to no result, or where a test is under way. */
  readonly run: (save: ProfileSave) => Promise<ConnectionTest | null>;
  readonly cancel: () => void;
}

/** The test of what is in a form. It ends with the form: nobody would see what it comes to. */
export function useConnectionTest(values: FormValues): ConnectionTestRun {
  const [test, setTest] = useState<{ state: TestState; values: FormValues } | null>(null);
  const underWay = useRef<string | null>(null);
  useEffect(() => () => cancelTest(underWay.current), []);
  return {
    state: test?.state ?? null,
    isStale: test !== null && test.values !== values,
    async run(save) {
      if (underWay.current !== null) return null;
      const testId = crypto.randomUUID();
      underWay.current = testId;
      setTest({ state: { status: 'running' }, values });
      try {
        const result = await call('profile:test', { ...save, testId });
        setTest({ state: { status: 'done', result }, values });
        return result;
      } catch (error) {
        const data = errorData(error);
        // Whoever cancelled knows.
        const isCancelled = data.kind === 'Cancelled';
        setTest(isCancelled ? null : { state: { status: 'failed', error: data }, values });
        return null;
      } finally {
        underWay.current = null;
      }
    },
    cancel: () => cancelTest(underWay.current),
  };
}

function cancelTest(testId: string | null): void {
  if (testId === null) return;
  // A failure of cancelling leaves the test to its own end, which is shown.
  void call('profile:cancel-test', { testId }).catch(() => undefined);
}
