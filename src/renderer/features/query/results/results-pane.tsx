import type { ReactNode } from 'react';
import { classNames } from '../../../components/class-names';
import { ProgressLine } from '../../../components/progress-line';
import { useTimedMessage } from '../../../components/use-timed-message';
import { ReviewBanner } from '../run/review-banner';
import { retryRun } from '../run/run-controller';
import { useTabRun, waitingSince } from '../run/run-store';
import { useIsLong } from '../run/use-elapsed';
import { exportShownResult } from './export-result';
import { FirstSteps } from './first-steps';
import { NoticeList } from './notice-list';
import type { Outcome } from './outcome';
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
  const run = useTabRun(tabId);
  const { running, outcomes, shownId } = run;
  const startedAt = waitingSince(run);
  const isWaiting = useIsLong(startedAt);
  const shown = outcomes.find(({ id }) => id === shownId);
  const retry = (): void => void retryRun(connectionId, tabId);
  return (
    <section
      className={classNames(styles['pane'], isWaiting && styles['waiting'])}
      aria-label="Results"
      aria-busy={running !== null}
    >
      {startedAt !== null && <ProgressLine />}
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
        <ShownOutcome
          key={shown.id}
          connectionId={connectionId}
          tabId={tabId}
          outcome={shown}
          notices={<NoticeList outcomes={outcomes} />}
          onRetry={retry}
          onGoToPosition={onGoToPosition}
        />
      )}
    </section>
  );
}

interface ShownOutcomeProps extends ResultsPaneProps {
  readonly outcome: Outcome;
  /** What stands between the outcome and its footer. */
  readonly notices: ReactNode;
  readonly onRetry: () => void;
}

/** The outcome in front, with its footer. */
function ShownOutcome(props: ShownOutcomeProps) {
  const { connectionId, tabId, outcome, notices, onRetry, onGoToPosition } = props;
  const [message, say] = useTimedMessage();
  const exportShown = (): void => exportShownResult(connectionId, tabId);
  return (
    <>
      <div className={styles['outcome']}>
        <OutcomeView
          connectionId={connectionId}
          outcome={outcome}
          onRetry={onRetry}
          onGoToPosition={onGoToPosition}
          onCopied={say}
          onExport={exportShown}
        />
      </div>
      {notices}
      <ResultFooter
        connectionId={connectionId}
        tabId={tabId}
        outcome={outcome}
        onExport={exportShown}
        message={message}
        onMessage={say}
      />
    </>
  );
}
