import { useRef, useState, useSyncExternalStore } from 'react';
import styles from './result-grid.module.css';
import type { RowSource, RowSourceState } from './row-source';

interface GoToRowProps {
  readonly source: RowSource;
  readonly onGo: (row: number) => void;
  /** `isByKey`: the focus is still in the field; it is given to something else otherwise. */
  readonly onClose: (isByKey: boolean) => void;
}

/** Asks for a row number; Enter goes there, and reads as far as that where the row was not read. */
export function GoToRow({ source, onGo, onClose }: GoToRowProps) {
  const [text, setText] = useState('');
  const [isReading, setReading] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const state = useSyncExternalStore(source.subscribe, source.getState);
  const wanted = rowNumber(text);
  const canBe = wanted !== null && wanted >= 1 && (wanted <= state.rowCount || mayGrow(state));
  const go = async (row: number): Promise<void> => {
    setReading(true);
    const isHere = await source.readUpTo(row);
    // Whoever has turned to another result meanwhile stays there.
    if (form.current === null) return;
    setReading(false);
    if (!isHere) return;
    onGo(row);
    onClose(true);
  };
  return (
    <form
      ref={form}
      className={styles['goToRow']}
      onSubmit={(event) => {
        event.preventDefault();
        if (canBe && !isReading) void go(wanted - 1);
      }}
    >
      <label htmlFor="go-to-row">Go to row</label>
      <input
        id="go-to-row"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it opens to be typed into
        autoFocus
        inputMode="numeric"
        value={text}
        readOnly={isReading}
        aria-invalid={text !== '' && !canBe}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => {
          if (!isReading) onClose(false);
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key !== 'Escape') return;
          if (isReading) source.stopReading();
          else onClose(true);
        }}
      />
      <output className={styles['goToRowHint']}>{hint(state, isReading)}</output>
    </form>
  );
}

function rowNumber(text: string): number | null {
  const digits = text.replaceAll(/[\s,._]/gu, '');
  return /^\d{1,15}$/u.test(digits) ? Number(digits) : null;
}

const mayGrow = ({ status }: RowSourceState): boolean =>
  status === 'more' || status === 'loading' || status === 'reading';

function hint({ rowCount, status }: RowSourceState, isReading: boolean): string {
  const count = rowCount.toLocaleString('en');
  if (isReading) return `${count} rows read, Esc to stop`;
  return `of ${count}${status === 'complete' ? '' : ' read so far'}`;
}
