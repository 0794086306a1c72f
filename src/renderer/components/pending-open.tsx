import { Button } from './button';
import { Spinner } from './spinner';
import styles from './pending-open.module.css';

interface PendingOpenProps {
  /** What is being opened, for the label of the button. */
  readonly name: string;
  readonly onCancel: () => void;
}

/** Says that a connection is being opened, once it takes more than a moment, and can stop it. */
export function PendingOpen({ name, onCancel }: PendingOpenProps) {
  return (
    <span className={styles['opening']}>
      <Spinner />
      <output>Connecting…</output>
      <Button
        size="small"
        variant="ghost"
        aria-label={`Cancel connecting to ${name}`}
        onClick={onCancel}
      >
        Cancel
      </Button>
    </span>
  );
}
