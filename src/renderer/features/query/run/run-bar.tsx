import type { Connection } from '@shared/models/connection-profile';
import type { TabOptions } from '@shared/models/tab-options';
import type { ExplainMode } from '@shared/sql/explain';
import { ListVideo } from 'lucide-react';
import { Button } from '../../../components/button';
import { ColorDot, EnvironmentBadge } from '../../../components/environment-badge';
import { IconButton } from '../../../components/icon-button';
import { printable } from '../../../components/printable';
import { Tooltip } from '../../../components/tooltip';
import { commandKeys } from '../../../components/shortcut-text';
import styles from './run-bar.module.css';
import { ErrorSwitch } from '../options/error-switch';
import { ReadOnlySwitch } from '../options/read-only-switch';
import { withErrors, withReadOnly, withTimeout } from '../options/tab-options';
import { TimeoutMenu } from '../options/timeout-menu';
import { ExplainMenu } from '../plan/explain-menu';
import { endByButton } from './end-by-button';
import { lostTransactionMessage } from './lost-sessions';
import { useReview } from './review-store';
import { RunButton } from './run-button';
import { type RunningQuery, type TabRun, useTabRun, waitingSince } from './run-store';
import { useElapsed, useIsLong } from './use-elapsed';

interface RunBarProps {
  readonly connection: Connection;
  readonly tabId: string;
  readonly onRun: () => void;
  readonly onRunAll: () => void;
  readonly onExplain: (mode: ExplainMode) => void;
  readonly onCancel: () => void;
  readonly options: TabOptions;
  readonly onOptions: (options: TabOptions) => void;
}

/** Runs and cancels, and says on which database and in which transaction. */
export function RunBar(props: RunBarProps) {
  const { connection, tabId, onRun, onRunAll, onExplain, onCancel, options, onOptions } = props;
  const run = useTabRun(tabId);
  const isLong = useIsLong(waitingSince(run));
  const isProduction = connection.environment === 'production';
  return (
    <div className={styles['bar']} data-production={isProduction ? '' : undefined}>
      <RunButton running={run.running} isLong={isLong} onRun={onRun} onCancel={onCancel} />
      <IconButton
        label="Run all statements"
        shortcut={commandKeys('run-all')}
        icon={<ListVideo />}
        disabled={run.running !== null}
        onClick={onRunAll}
      />
      <ExplainMenu isDisabled={run.running !== null} onExplain={onExplain} />
      <ErrorSwitch
        goesOn={options.onError === 'continue'}
        onChange={(goesOn) => onOptions(withErrors(options, goesOn))}
      />
      <TimeoutMenu
        timeoutMs={options.statementTimeoutMs}
        onChange={(timeoutMs) => onOptions(withTimeout(options, timeoutMs))}
      />
      <ReadOnlySwitch
        forcedBy={connection.readOnly ? 'connection' : connection.isStandby ? 'standby' : null}
        isOn={options.readOnly === true}
        onChange={(readOnly) => onOptions(withReadOnly(options, readOnly))}
      />
      <ConnectionLabel connection={connection} />
      <div className={styles['space']} />
      {run.running?.isAsking === true && (
        <output className={styles['progress']}>Waits for your answer</output>
      )}
      {isLong && run.running === null && (
        <output className={styles['progress']}>Looking up the parameters</output>
      )}
      {isLong && run.running !== null && <Progress running={run.running} />}
      <Transaction connectionId={connection.connectionId} tabId={tabId} run={run} />
    </div>
  );
}

function ConnectionLabel({ connection }: { readonly connection: Connection }) {
  const { name, database, user, host, port, environment, color } = connection;
  return (
    <Tooltip content={`${printable(user)}@${printable(host)}:${port}/${printable(database)}`}>
      <div className={styles['connection']}>
        <ColorDot color={color} />
        <span className={styles['name']}>{printable(name)}</span>
        {database !== name && <span className={styles['database']}>{printable(database)}</span>}
        <EnvironmentBadge environment={environment} />
      </div>
    </Tooltip>
  );
}

function Progress({ running }: { readonly running: RunningQuery }) {
  const { progress, startedAt } = running;
  const elapsed = useElapsed(startedAt);
  return (
    <div className={styles['progress']} role="timer">
      {progress !== null && progress.total > 1 && (
        <span>
          Statement {Math.min(progress.completed + 1, progress.total).toLocaleString('en')} of{' '}
          {progress.total.toLocaleString('en')}
        </span>
      )}
      {progress?.sentShare !== undefined && (
        <span>{Math.floor(progress.sentShare * 100)} % sent</span>
      )}
      <span className={styles['elapsed']}>{(elapsed / 1000).toFixed(1)} s</span>
    </div>
  );
}

interface TransactionProps {
  readonly connectionId: string;
  readonly tabId: string;
  readonly run: TabRun;
}

function Transaction({ connectionId, tabId, run }: TransactionProps) {
  const { transaction, running, transactionMessage } = run;
  const isReviewed = useReview(tabId) !== null;
  if (transaction === 'idle') {
    return transactionMessage === null ? null : (
      <output
        className={styles['ended']}
        data-lost={transactionMessage === lostTransactionMessage ? '' : undefined}
      >
        {transactionMessage}
      </output>
    );
  }
  const isFailed = transaction === 'failed';
  // The banner of a review has the buttons.
  if (isReviewed) {
    return (
      <div className={styles['transaction']} data-failed={isFailed ? '' : undefined}>
        <output>Transaction under review</output>
      </div>
    );
  }
  const end = (command: 'COMMIT' | 'ROLLBACK') => () =>
    void endByButton(connectionId, tabId, command);
  return (
    <div className={styles['transaction']} data-failed={isFailed ? '' : undefined}>
      <output>{isFailed ? 'Transaction failed' : 'Transaction open'}</output>
      {!isFailed && (
        <Button size="small" disabled={running !== null} onClick={end('COMMIT')}>
          Commit
        </Button>
      )}
      <Button size="small" disabled={running !== null} onClick={end('ROLLBACK')}>
        Roll back
      </Button>
    </div>
  );
}
