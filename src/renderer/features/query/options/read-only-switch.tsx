import { Lock, LockOpen } from 'lucide-react';
import { Button } from '../../../components/button';
import { Tooltip } from '../../../components/tooltip';
import styles from './options.module.css';

interface ReadOnlySwitchProps {
  /** Why no tab of the connection may write; null where that is the tab's to say. */
  readonly forcedBy: 'connection' | 'standby' | null;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** Whether the tab may only read: writes are refused here, and by the server. */
export function ReadOnlySwitch({ forcedBy, isOn, onChange }: ReadOnlySwitchProps) {
  const isForced = forcedBy !== null;
  const isReadOnly = isForced || isOn;
  return (
    <Tooltip content={explanation(forcedBy, isOn)}>
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

function explanation(forcedBy: ReadOnlySwitchProps['forcedBy'], isOn: boolean): string {
  if (forcedBy === 'standby') return 'The server is a standby: nothing is written from here';
  if (forcedBy === 'connection') return 'The connection is read-only: nothing is written from here';
  return isOn
    ? 'This tab only reads. Press to let it write'
    : 'This tab may write. Press to make it read-only';
}
