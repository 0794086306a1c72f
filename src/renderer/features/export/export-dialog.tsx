import { useState } from 'react';
import type { DatabaseErrorData } from '@shared/models/database-error';
import { errorData } from '../../api/postern';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { ErrorNotice } from '../../components/notice';
import { printable } from '../../components/printable';
import { checkDraft, type ExportDraft, firstDraft } from './export-draft';
import { startExport } from './export-jobs';
import { closeExport, type ExportTarget } from './export-store';
import { FormatFields } from './format-fields';
import { formatNames } from './format-names';
import { usePreview } from './use-preview';
import styles from './export-dialog.module.css';

/** What was chosen last, for the next export of this session. */
let lastDraft: ExportDraft = firstDraft;

function draftFor({ relation }: ExportTarget): ExportDraft {
  return { ...lastDraft, schema: relation?.schema ?? '', table: relation?.name ?? '' };
}

/** Chooses the format and its options, shows what the file will begin with, and asks for the file. */
export function ExportDialog({ target }: { readonly target: ExportTarget }) {
  const [draft, setDraft] = useState(() => draftFor(target));
  const [scopeIndex, setScopeIndex] = useState(0);
  const [isChoosing, setChoosing] = useState(false);
  const [failure, setFailure] = useState<DatabaseErrorData | null>(null);
  const checked = checkDraft(draft);
  const scope = target.scopes[scopeIndex] ?? target.scopes[0];
  const preview = usePreview(checked.ok ? checked.options : null, scope.preview ?? target.preview);
  const chosen = formatNames.find(({ format }) => format === draft.format);

  const submit = async (): Promise<void> => {
    if (!checked.ok || isChoosing) return;
    const { options } = checked;
    lastDraft = draft;
    setChoosing(true);
    setFailure(null);
    try {
      const { suggestedName } = target;
      if (await startExport({ suggestedName, options, source: scope.source })) closeExport();
    } catch (error) {
      setFailure(errorData(error));
    } finally {
      setChoosing(false);
    }
  };

  return (
    <Dialog
      title={`Export ${printable(target.title)}`}
      width={760}
      onClose={closeExport}
      footer={
        <>
          <Button variant="ghost" onClick={closeExport}>
            Cancel
          </Button>
          <Button
            variant="primary"
            type="submit"
            form="export"
            busy={isChoosing}
            disabled={!checked.ok}
          >
            Export…
          </Button>
        </>
      }
    >
      <form
        id="export"
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <fieldset className={styles['formats']}>
          <legend className={styles['legend']}>Format</legend>
          {formatNames.map(({ format, name }) => (
            <label key={format} className={styles['format']}>
              <input
                type="radio"
                name="format"
                value={format}
                checked={draft.format === format}
                onChange={() => setDraft({ ...draft, format })}
              />
              {name}
            </label>
          ))}
        </fieldset>
        <div className={styles['options']}>
          <p className={styles['note']}>{chosen?.use}</p>
          <FormatFields
            draft={draft}
            errors={checked.ok ? {} : checked.errors}
            onChange={(change) => setDraft({ ...draft, ...change })}
          />
          <Scopes target={target} index={scopeIndex} onChoose={setScopeIndex} />
          <figure className={styles['preview']}>
            <figcaption className={styles['legend']}>Preview</figcaption>
            {preview.error === null ? (
              // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by the keyboard
              <pre className={styles['text']} tabIndex={0} aria-label="Preview of the file">
                {preview.text}
              </pre>
            ) : (
              <ErrorNotice error={preview.error} />
            )}
          </figure>
          {failure !== null && <ErrorNotice error={failure} />}
        </div>
      </form>
    </Dialog>
  );
}

interface ScopesProps {
  readonly target: ExportTarget;
  readonly index: number;
  readonly onChoose: (index: number) => void;
}

function Scopes({ target, index, onChoose }: ScopesProps) {
  const [only, ...others] = target.scopes;
  if (others.length === 0) {
    return (
      <p className={styles['scope']}>
        {only.label}
        {only.hint !== null && <span className={styles['hint']}>{only.hint}</span>}
      </p>
    );
  }
  return (
    <fieldset className={styles['scopes']}>
      <legend className={styles['legend']}>Rows</legend>
      {target.scopes.map(({ label, hint }, position) => (
        <label key={label} className={styles['scope']}>
          <input
            type="radio"
            name="scope"
            checked={position === index}
            onChange={() => onChoose(position)}
          />
          <span>
            {label}
            {hint !== null && <span className={styles['hint']}>{hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
