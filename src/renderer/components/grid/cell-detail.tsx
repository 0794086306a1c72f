import { Copy, Download, WrapText, X } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { errorData } from '../../api/postern';
import { Button } from '../button';
import { IconButton } from '../icon-button';
import { printable } from '../printable';
import { ShownName } from '../shown-name';
import { copyText } from '../clipboard';
import { visibleLines } from '../visible-lines';
import { formLabels, formsOf, type ValueForm } from '../value/value-forms';
import { valueParts } from '../value/value-parts';
import { HexForm, ImageForm, ListForm, PartsForm, saveBytes, TreeForm } from '../value/value-view';
import { valueSize } from '../value/value-size';
import { ValueText } from '../value/value-text';
import { formatJson } from './json-format';
import styles from './result-grid.module.css';
import type { RowSource } from './row-source';
import type { CellPosition } from './selection';

/**
 * Characters that are laid out at first; each "Show more" doubles them. Laying out takes time by the
 * character, most where a font lacks one: a whole value of 100 MB would stop the window for good.
 */
const shownAtFirst = 50_000;

interface CellDetailProps {
  readonly source: RowSource;
  readonly cell: CellPosition;
  /** What is known of its column beyond name and type, in lines. */
  readonly note: string;
  readonly onClose: () => void;
  readonly onCopied: (message: string) => void;
}

/** One value in full, in the form that tells most; the text as it was sent is always among them. */
export function CellDetail({ source, cell, note, onClose, onCopied }: CellDetailProps) {
  const [isWrapped, setWrapped] = useState(true);
  const [chosen, setChosen] = useState<ValueForm | null>(null);
  const [more, setMore] = useState<{ readonly cell: CellPosition; readonly length: number } | null>(
    null,
  );
  const column = source.columns[cell.column];
  const { text, failure } = useWholeText(source, cell);
  const forms = useMemo(
    () => (column === undefined || text === undefined ? [] : formsOf(column, text)),
    [column, text],
  );
  const form = forms.find((candidate) => candidate === chosen) ?? forms[0] ?? 'sent';
  const laidOut = useMemo(
    () => (text != null && form === 'lines' ? formatJson(text) : text),
    [text, form],
  );
  const typeOid = column?.typeOid;
  const size = useMemo(() => valueSize(text, typeOid), [text, typeOid]);
  if (column === undefined) return null;
  const isText = form === 'lines' || form === 'sent';
  const shownLength = more?.cell === cell ? more.length : shownAtFirst;
  const isCut = isText && laidOut != null && laidOut.length > shownLength;
  return (
    <aside className={styles['detail']} aria-label="Value">
      <header className={styles['detailHeader']}>
        <div className={styles['detailTitle']}>
          <div className={styles['detailName']}>
            <ShownName name={column.name} />
          </div>
          <div className={styles['detailType']}>
            {printable(column.type)} · row {source.rowLabel(cell.row)}
          </div>
        </div>
        {form !== 'hex' && (
          <IconButton
            label={isWrapped ? 'Do not wrap lines' : 'Wrap lines'}
            icon={<WrapText />}
            aria-pressed={isWrapped}
            onClick={() => setWrapped(!isWrapped)}
          />
        )}
        <IconButton
          label="Copy value"
          icon={<Copy />}
          onClick={() => {
            if (text === undefined) return;
            onCopied(copyText(text ?? '') ? 'Copied the value' : 'The clipboard did not take it.');
          }}
        />
        {text != null && text !== '' && (
          <IconButton
            label="Save value as a file"
            icon={<Download />}
            onClick={() => saveBytes(text, column.name)}
          />
        )}
        <IconButton label="Close" shortcut="Esc" icon={<X />} onClick={onClose} />
        {note !== '' && <p className={styles['detailNote']}>{visibleLines(note)}</p>}
      </header>
      {forms.length > 1 && (
        <fieldset className={styles['detailForms']} aria-label="Form of the value">
          {forms.map((candidate) => (
            <Button
              key={candidate}
              variant="ghost"
              size="small"
              aria-pressed={candidate === form}
              onClick={() => setChosen(candidate)}
            >
              {formLabels[candidate]}
            </Button>
          ))}
        </fieldset>
      )}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leaves it */}
      <pre
        className={styles['value']}
        data-unwrapped={isWrapped && form !== 'hex' ? undefined : ''}
        data-none={text == null || text === '' ? '' : undefined}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls by the keyboard
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          // Used up here: the same key cancels a statement.
          event.stopPropagation();
          onClose();
        }}
      >
        {isText || text == null ? (
          (failure ?? <ValueText text={shownText(laidOut, shownLength)} />)
        ) : (
          <Form
            key={`${cell.row} ${cell.column}`}
            form={form}
            text={text}
            typeOid={column.typeOid}
          />
        )}
      </pre>
      <footer className={styles['detailFooter']}>
        <span>{size}</span>
        {isCut && (
          <Button
            variant="link"
            size="small"
            onClick={() => setMore({ cell, length: shownLength * 2 })}
          >
            Show more
          </Button>
        )}
      </footer>
    </aside>
  );
}

interface FormProps {
  readonly form: ValueForm;
  readonly text: string;
  readonly typeOid: number;
}

function Form({ form, text, typeOid }: FormProps) {
  switch (form) {
    case 'tree':
      return <TreeForm text={text} />;
    case 'list':
      return <ListForm text={text} />;
    case 'hex':
      return <HexForm text={text} />;
    case 'image':
      return <ImageForm text={text} />;
    case 'parts':
      return <PartsForm parts={valueParts({ typeOid }, text) ?? []} />;
    case 'lines':
    case 'sent':
      return <>{text}</>;
  }
}

/** A whole value: undefined while it is on its way, with `failure` when it could not be read. */
function useWholeText(
  source: RowSource,
  cell: CellPosition,
): { text: string | null | undefined; failure: string | null } {
  const isHere = source.hasText(cell.row, cell.column);
  const here = useMemo(
    () => (isHere ? source.text(cell.row, cell.column) : undefined),
    [source, cell, isHere],
  );
  const [read, setRead] = useState<{
    cell: CellPosition;
    text?: string | null;
    failure?: string;
  } | null>(null);
  useEffect(() => {
    if (isHere) return undefined;
    let isCurrent = true;
    const load = async (): Promise<void> => {
      const loaded = await source
        .wholeText(cell.row, cell.column)
        .then((text) => ({ cell, text }))
        .catch((error: unknown) => ({ cell, failure: errorData(error).message }));
      if (isCurrent) setRead(loaded);
    };
    void load();
    return () => {
      isCurrent = false;
    };
  }, [source, cell, isHere]);
  if (isHere) return { text: here, failure: null };
  const own = read?.cell === cell ? read : null;
  return { text: own?.text, failure: own?.failure ?? null };
}

function shownText(text: string | null | undefined, length: number): string {
  if (text === undefined) return 'Loading…';
  if (text === null) return 'NULL';
  if (text === '') return 'empty';
  // Never half of a character of two UTF-16 units.
  const isHalved = /^[\uD800-\uDBFF]$/u.test(text.charAt(length - 1));
  return text.slice(0, isHalved && length < text.length ? length - 1 : length);
}
