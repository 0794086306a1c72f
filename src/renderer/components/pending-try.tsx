import { Button } from './button';
import { Spinner } from './spinner';
import styles from './pending-try.module.css';

interface PendingTryProps {
  /** What is under way, for example "Connecting…". */
  readonly doing: string;
  /** Says what the button cancels to those who do not see where it stands. */
  readonly cancelLabel: string;
  readonly onCancel: () => void;
}

/** Says that a server is being tried to reach, once it takes more than a moment, and can stop it. */
export function PendingTry({ doing, cancelLabel, onCancel }: PendingTryProps) {
  return (
    <span className={styles['pending']}>
      <Spinner />
      <output>{doing}</output>
      <Button size="small" variant="ghost" aria-label={cancelLabel} onClick={onCancel}>
        Cancel
      </Button>
    </span>
  );
}
