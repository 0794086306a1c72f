import { Check, CircleAlert, CircleSlash, ListTree, Play, Table2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { classNames } from '../../../components/class-names';
import { ReviewBanner } from '../run/review-banner';
import { retryRun } from '../run/run-controller';
import { showOutcome, useTabRun } from '../run/run-store';
import { useElapsed } from '../run/use-elapsed';
import { enterKeyName, primaryKeyName, shiftKeyName } from '../../../components/shortcut-names';
import { exportShownResult } from './export-result';
import { NoticeList } from './notice-list';
import type { Outcome } from './outcome';
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
  const isWaiting = useElapsed(running?.startedAt ?? null) !== null;
  const shown = outcomes.find(({ id }) => id === shownId);
  const retry = (): void => void retryRun(connectionId, tabId);
  const exportShown = (): void => void exportShownResult(connectionId, tabId);
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
        <FirstSteps isRunning={running !== null} />
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

const icons = {
  rows: <Table2 aria-hidden="true" />,
  plan: <ListTree aria-hidden="true" />,
  command: <Check aria-hidden="true" />,
  failed: <CircleAlert aria-hidden="true" />,
  declined: <CircleSlash aria-hidden="true" />,
};

interface OutcomeTabsProps {
  readonly tabId: string;
  readonly outcomes: readonly Outcome[];
  readonly shownId: string | null;
}

/** More tabs than this are not drawn at once: a script may have thousands of statements. */
const maxOutcomeTabs = 200;

function OutcomeTabs({ tabId, outcomes, shownId }: OutcomeTabsProps) {
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (shownId === null) return;
    strip.current
      ?.querySelector('[aria-selected="true"]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [shownId]);
  // What failed comes last: the end of the list is the part that is never left out.
  const listed = outcomes.slice(-maxOutcomeTabs);
  const show = (outcome: Outcome | undefined): void => {
    if (outcome !== undefined) showOutcome(tabId, outcome.id);
  };
  return (
    <div
      ref={strip}
      role="tablist"
      aria-label="Results of the statements"
      tabIndex={-1}
      className={styles['tabs']}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (step === undefined) return;
        show(listed[listed.findIndex(({ id }) => id === shownId) + step]);
      }}
    >
      {listed.length < outcomes.length && (
        <span className={styles['omitted']}>
          {(outcomes.length - listed.length).toLocaleString('en')} earlier
        </span>
      )}
      {listed.map((outcome, index) => (
        <button
          key={outcome.id}
          type="button"
          role="tab"
          aria-selected={outcome.id === shownId}
          tabIndex={outcome.id === shownId ? 0 : -1}
          className={styles['tab']}
          data-kind={outcome.kind}
          onClick={() => show(outcome)}
        >
          {icons[outcome.kind]}
          <span className={styles['number']}>{outcomes.length - listed.length + index + 1}</span>
          <span className={styles['title']}>{outcome.title}</span>
        </button>
      ))}
    </div>
  );
}

function FirstSteps({ isRunning }: { readonly isRunning: boolean }) {
  if (isRunning) return <div className={styles['empty']} />;
  return (
    <div className={styles['empty']}>
      <Play aria-hidden="true" />
      <p>Results appear here</p>
      <dl className={styles['shortcuts']}>
        <dt>
          <kbd>{primaryKeyName.replace('+', '')}</kbd>
          <kbd>{enterKeyName}</kbd>
        </dt>
        <dd>Run the statement at the cursor, or the selection</dd>
        <dt>
          <kbd>{primaryKeyName.replace('+', '')}</kbd>
          <kbd>{shiftKeyName.replace('+', '')}</kbd>
          <kbd>{enterKeyName}</kbd>
        </dt>
        <dd>Run all statements</dd>
        <dt>
          <kbd>Esc</kbd>
        </dt>
        <dd>Cancel</dd>
      </dl>
    </div>
  );
}
