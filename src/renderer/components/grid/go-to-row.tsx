import { useState, useSyncExternalStore } from 'react';
import styles from './result-grid.module.css';
import type { RowSource } from './row-source';

interface GoToRowProps {
  readonly source: RowSource;
  readonly onGo: (row: number) => void;
  readonly onClose: () => void;
}

/** Asks for a row number; Enter goes there. Only rows that were read can be gone to. */
export function GoToRow({ source, onGo, onClose }: GoToRowProps) {
  const [text, setText] = useState('');
  const { rowCount, status } = useSyncExternalStore(source.subscribe, source.getState);
  const digits = text.replaceAll(/[\s,._]/gu, '');
  const wanted = /^\d{1,15}$/u.test(digits) ? Number(digits) : null;
  const isReachable = wanted !== null && wanted >= 1 && wanted <= rowCount;
  return (
    <form
      className={styles['goToRow']}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReachable) return;
        onGo(wanted - 1);
        onClose();
      }}
    >
      <label htmlFor="go-to-row">Go to row</label>
      <input
        id="go-to-row"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it opens to be typed into
        autoFocus
        inputMode="numeric"
        value={text}
        aria-invalid={text !== '' && !isReachable}
        onChange={(event) => setText(event.target.value)}
        onBlur={onClose}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape') onClose();
        }}
      />
      <span
        className={styles['goToRowHint']}
      >{`of ${rowCount.toLocaleString('en')}${status === 'complete' ? '' : ' read so far'}`}</span>
    </form>
  );
}
