import { CircleCheck, CircleMinus, CircleSlash, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Outcome } from './outcome';
import { formatCount } from '../../../components/format-count';
import styles from './outcome-view.module.css';

interface CommandViewProps {
  readonly outcome: Outcome & { readonly kind: 'command' };
}

/** Commands whose tag ends with the number of rows that they changed. */
const rowCommands = /^(?:INSERT|UPDATE|DELETE|MERGE|COPY|SELECT|MOVE|FETCH)\b/u;

/** A statement that returns no rows and succeeded. */
export function CommandView({ outcome }: CommandViewProps) {
  const { commandTag, rowCount, isUndone } = outcome;
  const name = commandTag.replace(/(?: \d+)+$/u, '');
  return (
    <Message>
      {isUndone === true ? (
        <Undo2 aria-hidden="true" />
      ) : (
        <CircleCheck aria-hidden="true" className={styles['success']} />
      )}
      <p className={styles['tag']}>{name === '' ? 'Done' : name}</p>
      {rowCount !== null && rowCommands.test(commandTag) && <p>{formatCount(rowCount, 'row')}</p>}
      {isUndone === true && <p>Undone: its transaction was rolled back.</p>}
    </Message>
  );
}

/** A statement that was not confirmed. */
export function DeclinedView() {
  return (
    <Message>
      <CircleSlash aria-hidden="true" />
      <p className={styles['title']}>Not run</p>
      <p>The confirmation was cancelled. Nothing was sent to the server.</p>
    </Message>
  );
}

/** A command of psql within a script. The notice below tells which and why. */
export function SkippedView() {
  return (
    <Message>
      <CircleMinus aria-hidden="true" />
      <p className={styles['title']}>Left out</p>
      <p>It is a command of psql, not for the server. The script went on without it.</p>
    </Message>
  );
}

function Message({ children }: { readonly children: ReactNode }) {
  return (
    <div className={styles['message']} data-focus-target="results" tabIndex={-1}>
      {children}
    </div>
  );
}
