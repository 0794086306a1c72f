import { CircleQuestionMark, Play, Square } from 'lucide-react';
import { Button } from '../../../components/button';
import { commandKeys } from '../../../components/shortcut-text';
import { Tooltip } from '../../../components/tooltip';
import styles from './run-bar.module.css';
import type { RunningQuery } from './run-store';

interface RunButtonProps {
  readonly running: RunningQuery | null;
  /** Whether the run takes long enough to be waited for. */
  readonly isLong: boolean;
  readonly onRun: () => void;
  readonly onCancel: () => void;
}

/** Runs; cancels what runs, or the question whether it may. */
export function RunButton({ running, isLong, onRun, onCancel }: RunButtonProps) {
  if (running?.isAsking === true) {
    return (
      <Tooltip
        content="A question waits for your answer. Nothing was sent yet: press to cancel"
        shortcut="Esc"
      >
        <Button
          size="small"
          icon={<CircleQuestionMark />}
          className={styles['run']}
          disabled={running.isCancelling}
          onClick={onCancel}
        >
          Waiting
        </Button>
      </Tooltip>
    );
  }
  if (isLong) {
    const isCancelling = running?.isCancelling === true;
    return (
      <Tooltip content="Cancel the running statement" shortcut="Esc">
        <Button
          size="small"
          icon={<Square />}
          className={styles['run']}
          disabled={isCancelling}
          onClick={onCancel}
        >
          {isCancelling ? 'Cancelling' : 'Cancel'}
        </Button>
      </Tooltip>
    );
  }
  return (
    <Tooltip
      content="Run the selection or the statement at the cursor"
      shortcut={commandKeys('run')}
    >
      <Button
        variant="primary"
        size="small"
        icon={<Play />}
        className={styles['run']}
        onClick={onRun}
      >
        Run
      </Button>
    </Tooltip>
  );
}
