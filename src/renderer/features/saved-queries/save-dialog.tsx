import type { DatabaseErrorData } from '@shared/models/database-error';
import type { SavedQuery } from '@shared/models/saved-query';
import { useState, type FormEvent } from 'react';
import { errorData } from '../../api/postern';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { Field } from '../../components/field';
import { ErrorNotice, Notice } from '../../components/notice';
import { printable } from '../../components/printable';
import { Switch } from '../../components/switch';
import { TextInput } from '../../components/text-input';
import { saveQuery } from './saved-queries-store';
import styles from './saved-queries.module.css';

interface SaveDialogProps {
  readonly text: string;
  readonly name: string;
  /** The connection in front. */
  readonly workspace: string;
  /** All that are saved; a name is used once for each connection, and once for all. */
  readonly queries: readonly SavedQuery[];
  readonly onClose: () => void;
  readonly onSaved: (query: SavedQuery) => void;
}

/** Asks for the name of a query. One that is in use is replaced, which the dialog says before. */
export function SaveDialog({ text, name, workspace, queries, onClose, onSaved }: SaveDialogProps) {
  const [typed, setTyped] = useState(name);
  const [isForAll, setForAll] = useState(false);
  const [error, setError] = useState<DatabaseErrorData | null>(null);
  const [isBusy, setBusy] = useState(false);
  const place = isForAll ? null : workspace;
  const wanted = typed.trim();
  const replaced = queries.find((query) => query.name === wanted && query.workspace === place);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (wanted === '' || isBusy) return;
    setBusy(true);
    try {
      const id = replaced?.id ?? crypto.randomUUID();
      onSaved(await saveQuery({ id, name: wanted, workspace: place, text }));
      onClose();
    } catch (failure) {
      setError(errorData(failure));
      setBusy(false);
    }
  };

  return (
    <Dialog
      title="Save query"
      description="A saved query is found by its name, in the list and by Go to Anything."
      onClose={onClose}
      staysOpen
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form="save-query" disabled={wanted === ''}>
            {replaced === undefined ? 'Save' : 'Replace'}
          </Button>
        </>
      }
    >
      <form id="save-query" className={styles['form']} onSubmit={(event) => void submit(event)}>
        <Field label="Name">
          {(control) => (
            <TextInput
              {...control}
              value={typed}
              maxLength={200}
              onFocus={(event) => event.target.select()}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        <Switch label="For all connections" checked={isForAll} onChange={setForAll} />
        {replaced !== undefined && (
          <Notice
            tone="warning"
            title={`There is a query “${printable(replaced.name)}” already: its text is replaced.`}
          />
        )}
        {error !== null && <ErrorNotice error={error} />}
      </form>
    </Dialog>
  );
}
