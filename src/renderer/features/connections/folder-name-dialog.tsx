import { useState } from 'react';
import { errorData } from '../../api/postern';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { Field } from '../../components/field';
import { TextInput } from '../../components/text-input';
import { focusLine } from './focused-line';

interface FolderNameDialogProps {
  readonly title: string;
  readonly confirmLabel: string;
  /** What stands in the field at first. */
  readonly name: string;
  /** What a name means, where that needs a word. */
  readonly hintFor?: (name: string) => string | undefined;
  /** Resolves to the line that gets the focus then. Raises CallError, whose message is shown. */
  readonly onSubmit: (name: string) => Promise<string | null>;
  readonly onClose: () => void;
}

/** Asks for the name of a folder. */
export function FolderNameDialog(props: FolderNameDialogProps) {
  const { title, confirmLabel, hintFor, onSubmit, onClose } = props;
  const [name, setName] = useState(props.name);
  const [error, setError] = useState<string>();
  const submit = async (): Promise<void> => {
    try {
      const line = await onSubmit(name);
      onClose();
      // A dialog that is open would take the focus back.
      focusLine(line);
    } catch (failure) {
      setError(errorData(failure).message);
    }
  };
  return (
    <Dialog
      title={title}
      width={380}
      onClose={onClose}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form="folder-name">
            {confirmLabel}
          </Button>
        </>
      }
    >
      <form
        id="folder-name"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label="Name" hint={hintFor?.(name.trim())} error={error}>
          {(control) => (
            <TextInput
              {...control}
              value={name}
              onChange={(event) => {
                setName(event.target.value);
                setError(undefined);
              }}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
