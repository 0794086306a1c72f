import type { ConnectionTest, ConnectionTestStep } from '@shared/models/connection-profile';
import type { DatabaseErrorData } from '@shared/models/database-error';
import { CircleCheck, CircleX } from 'lucide-react';
import { formatDuration } from '../../components/format-duration';
import { ErrorNotice } from '../../components/notice';
import { printable } from '../../components/printable';
import { PendingTry } from '../../components/pending-try';
import { classNames } from '../../components/class-names';
import styles from './profile-form.module.css';

/** A try of the form's connection. */
export type TestState =
  | { readonly status: 'running' }
  | { readonly status: 'done'; readonly result: ConnectionTest }
  | { readonly status: 'failed'; readonly error: DatabaseErrorData };

const stepNames: Record<ConnectionTestStep['name'], string> = {
  ssh: 'SSH',
  resolve: 'Find the host',
  connect: 'Connect',
  tls: 'Encrypt',
  authenticate: 'Sign in',
  settings: 'Set up the session',
  host: 'Host',
  version: 'Ask for the version',
};

interface ConnectionTestResultProps {
  readonly test: TestState;
  /** Whether the form was changed since. */
  readonly isStale: boolean;
  /** Stops a test that is under way. */
  readonly onCancel: () => void;
}

/** The steps of a connection test, each with its time, and what to do where one failed. */
export function ConnectionTestResult({ test, isStale, onCancel }: ConnectionTestResultProps) {
  const error = test.status === 'failed' ? test.error : undefined;
  return (
    <section
      className={classNames(styles['test'], isStale && styles['stale'])}
      aria-label="Result of the test"
      aria-live="polite"
    >
      {test.status === 'running' && (
        <PendingTry doing="Testing…" cancelLabel="Cancel the test" onCancel={onCancel} />
      )}
      {error && <ErrorNotice error={error} />}
      {test.status === 'done' && (
        <>
          <p className={styles['verdict']}>
            {test.result.ok
              ? `The connection works (${formatDuration(total(test.result))})`
              : 'The connection does not work'}
            {isStale && ', before the last change'}
          </p>
          {/* Before the steps, which may not all be in sight: it says what to do. */}
          {test.result.error && (
            <ErrorNotice className={styles['failure']} error={test.result.error} />
          )}
          <ol className={styles['steps']}>
            {test.result.steps.map((step) => (
              <li key={step.name} className={styles['step']}>
                {step.ok ? (
                  <CircleCheck aria-label="Done" className={styles['ok']} />
                ) : (
                  <CircleX aria-label="Failed" className={styles['bad']} />
                )}
                <span>{stepNames[step.name]}</span>
                <span className={styles['detail']}>
                  {step.detail !== test.result.error?.message && printable(step.detail)}
                </span>
                <span className={styles['time']}>{formatDuration(step.durationMs)}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

function total(result: ConnectionTest): number {
  return result.steps.reduce((sum, { durationMs }) => sum + durationMs, 0);
}
