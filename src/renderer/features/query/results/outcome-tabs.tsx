import {
  Check,
  CircleAlert,
  CircleMinus,
  CircleSlash,
  ListTree,
  Table2,
  Undo2,
} from 'lucide-react';
import { useEffect, useRef } from 'react';
import { focusTabByKey } from '../../../components/tab-keys';
import { showOutcome } from '../run/run-store';
import type { Outcome } from './outcome';
import styles from './results-pane.module.css';

const icons = {
  rows: <Table2 aria-hidden="true" />,
  plan: <ListTree aria-hidden="true" />,
  command: <Check aria-hidden="true" />,
  undone: <Undo2 aria-hidden="true" />,
  skipped: <CircleMinus aria-hidden="true" />,
  failed: <CircleAlert aria-hidden="true" />,
  declined: <CircleSlash aria-hidden="true" />,
};

const lookOf = (outcome: Outcome): keyof typeof icons =>
  outcome.kind === 'command' && outcome.isUndone === true ? 'undone' : outcome.kind;

interface OutcomeTabsProps {
  readonly tabId: string;
  readonly outcomes: readonly Outcome[];
  readonly shownId: string | null;
}

/** More tabs than this are not drawn at once: a script may have thousands of statements. */
const maxOutcomeTabs = 200;

/** The outcomes of a script, to choose the one in front. */
export function OutcomeTabs({ tabId, outcomes, shownId }: OutcomeTabsProps) {
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (shownId === null) return;
    strip.current
      ?.querySelector('[aria-selected="true"]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [shownId]);
  // What failed comes last: the end of the list is the part that is never left out.
  const listed = outcomes.slice(-maxOutcomeTabs);
  return (
    <div
      ref={strip}
      role="tablist"
      aria-label="Results of the statements"
      tabIndex={-1}
      className={styles['tabs']}
      onKeyDown={(event) => focusTabByKey(event)?.click()}
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
          data-kind={lookOf(outcome)}
          onClick={() => showOutcome(tabId, outcome.id)}
        >
          {icons[lookOf(outcome)]}
          <span className={styles['number']}>{outcomes.length - listed.length + index + 1}</span>
          <span className={styles['title']}>{outcome.title}</span>
        </button>
      ))}
    </div>
  );
}
