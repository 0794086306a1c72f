import { Lock, LockOpen } from 'lucide-react';
import { Button } from '../../../components/button';
import { Tooltip } from '../../../components/tooltip';
import styles from './options.module.css';

interface ReadOnlySwitchProps {
  /** Whether the connection itself is: then no tab of it may write. */
  readonly isForced: boolean;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** Whether the tab may only read: writes are refused here, and by the server. */
export function ReadOnlySwitch({ isForced, isOn, onChange }: ReadOnlySwitchProps) {
  const isReadOnly = isForced || isOn;
  return (
    <Tooltip content={explanation(isForced, isOn)}>
      <Button
        size="small"
        variant="ghost"
        icon={isReadOnly ? <Lock /> : <LockOpen />}
        className={styles['option']}
        aria-label="Read-only"
        aria-pressed={isReadOnly}
        aria-disabled={isForced || undefined}
        data-chosen={isReadOnly ? '' : undefined}
        onClick={() => {
          if (!isForced) onChange(!isOn);
        }}
      >
        {isReadOnly && <span className={styles['word']}>Read-only</span>}
      </Button>
    </Tooltip>
  );
}

function explanation(isForced: boolean, isOn: boolean): string {
  if (isForced) return 'The connection is read-only: nothing is written from here';
  return isOn
    ? 'This tab only reads. Press to let it write'
    : 'This tab may write. Press to make it read-only';
}
