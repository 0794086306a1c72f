import { useState } from 'react';
import { classNames } from '../../../components/class-names';
import { ReviewBanner } from '../run/review-banner';
import { retryRun } from '../run/run-controller';
import { useTabRun } from '../run/run-store';
import { useIsLong } from '../run/use-elapsed';
import { exportShownResult } from './export-result';
import { FirstSteps } from './first-steps';
import { NoticeList } from './notice-list';
import { OutcomeTabs } from './outcome-tabs';
import { OutcomeView } from './outcome-view';
import { RefusalBanner } from './refusal-banner';
import { ResultFooter } from './result-footer';
import styles from './results-pane.module.css';

interface ResultsPaneProps {
  readonly connectionId: string;
  readonly tabId: string;
  /** Shows a position of the submitted text in the editor. */
  readonly onGoToPosition: (position: number) => void;
}

/** What the last run of a tab came to. */
export function ResultsPane({ connectionId, tabId, onGoToPosition }: ResultsPaneProps) {
  const { running, outcomes, shownId } = useTabRun(tabId);
  const [copied, setCopied] = useState<{ outcome: string; message: string } | null>(null);
  const isWaiting = useIsLong(running?.startedAt ?? null);
  const shown = outcomes.find(({ id }) => id === shownId);
  const retry = (): void => void retryRun(connectionId, tabId);
  const exportShown = (): void => exportShownResult(connectionId, tabId);
  return (
    <section
      className={classNames(styles['pane'], isWaiting && styles['waiting'])}
      aria-label="Results"
      aria-busy={running !== null}
    >
      <div className={styles['progressLine']} aria-hidden="true" />
      <ReviewBanner connectionId={connectionId} tabId={tabId} />
      <RefusalBanner tabId={tabId} onRetry={retry} onGoToPosition={onGoToPosition} />
      {outcomes.length > 1 && <OutcomeTabs tabId={tabId} outcomes={outcomes} shownId={shownId} />}
      {shown === undefined ? (
        running === null ? (
          <FirstSteps />
        ) : (
          <div className={styles['empty']} />
        )
      ) : (
        <>
          <div className={styles['outcome']}>
            <OutcomeView
              key={shown.id}
              connectionId={connectionId}
              outcome={shown}
              onRetry={retry}
              onGoToPosition={onGoToPosition}
              onCopied={(message) => setCopied({ outcome: shown.id, message })}
              onExport={exportShown}
            />
          </div>
          <NoticeList outcomes={outcomes} />
          <ResultFooter
            key={`${shown.id} footer`}
            connectionId={connectionId}
            tabId={tabId}
            outcome={shown}
            onExport={exportShown}
            message={copied?.outcome === shown.id ? copied.message : null}
            onMessage={(message) =>
              setCopied(message === null ? null : { outcome: shown.id, message })
            }
          />
        </>
      )}
    </section>
  );
}
