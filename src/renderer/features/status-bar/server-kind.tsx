import type { Connection } from '@shared/models/connection-profile';
import { Eye, Shuffle, TriangleAlert } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from '../../components/class-names';
import { printable } from '../../components/printable';
import { transactionModeText } from './pooler-text';
import styles from './status-bar.module.css';

/** What is unusual about the server: that it only reads, is not the one asked for, or has a pooler. */
export function ServerKind({ connection }: { readonly connection: Connection }) {
  const { readOnly, isStandby = false, mismatch, pooler } = connection;
  return (
    <>
      {isStandby ? (
        <Explained icon={<Eye aria-hidden="true" />} label="Standby · read-only">
          The server replays the changes of a primary and refuses every write. Statements that write
          are not sent. Once it is promoted, they are.
        </Explained>
      ) : (
        readOnly && (
          <span className={styles['item']}>
            <Eye aria-hidden="true" /> Read-only
          </span>
        )
      )}
      {mismatch !== undefined && (
        <Explained
          icon={<TriangleAlert aria-hidden="true" />}
          label="Not the server asked for"
          tone="warned"
        >
          {printable(mismatch)} Close the connection and open it again to look for another host.
        </Explained>
      )}
      {pooler === 'transaction' && (
        <Explained icon={<Shuffle aria-hidden="true" />} label="Pooler: transaction mode">
          A pooler such as PgBouncer stands before the server, in transaction mode.{' '}
          {transactionModeText}
        </Explained>
      )}
    </>
  );
}

interface ExplainedProps {
  readonly icon: ReactNode;
  readonly label: string;
  readonly tone?: 'warned';
  readonly children: ReactNode;
}

/** A word in the bar; pressed, it says what it means. */
function Explained({ icon, label, tone, children }: ExplainedProps) {
  return (
    <Popover.Root>
      <Popover.Trigger
        className={classNames(styles['item'], styles['button'], tone && styles[tone])}
        title={label}
      >
        {icon} {label}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={styles['popover']}
          side="top"
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
        >
          <p className={styles['explanation']}>{children}</p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
