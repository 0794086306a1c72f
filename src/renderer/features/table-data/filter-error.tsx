import type { DatabaseErrorData } from '@shared/models/database-error';
import { printable } from '../../components/printable';
import styles from './filter-panel.module.css';

interface FilterErrorProps {
  readonly error: DatabaseErrorData;
  readonly id?: string;
  /** The text that the error's position is in. */
  readonly text?: string;
}

/** Why a condition was refused, and where in it. */
export function FilterError({ error, id, text }: FilterErrorProps) {
  const { message, position, hint, advice, sqlState } = error;
  const at =
    text !== undefined && position !== undefined ? text.slice(position, position + 20) : '';
  return (
    <p className={styles['error']} role="alert" {...(id !== undefined && { id })}>
      {printable(message)}
      {at !== '' && !message.includes(at.split(/\s/u)[0] ?? at) && (
        <span> (at “{printable(at)}”)</span>
      )}
      {hint !== undefined && <span> {printable(hint)}</span>}
      {advice !== undefined && <span> {advice}</span>}
      {sqlState !== undefined && <code>{sqlState}</code>}
    </p>
  );
}
