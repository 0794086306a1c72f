import { useState } from 'react';
import { errorData } from '../../api/postern';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { Field } from '../../components/field';
import { TextInput } from '../../components/text-input';
import { renameFolder } from './connections-store';

interface RenameFolderDialogProps {
  readonly folder: string;
  readonly onClose: () => void;
}

/** Gives a folder another name; that of another folder joins the two. */
export function RenameFolderDialog({ folder, onClose }: RenameFolderDialogProps) {
  const [name, setName] = useState(folder);
  const [error, setError] = useState<string>();
  const submit = async (): Promise<void> => {
    try {
      await renameFolder(folder, name);
      onClose();
    } catch (failure) {
      setError(errorData(failure).message);
    }
  };
  return (
    <Dialog
      title="Rename folder"
      width={380}
      onClose={onClose}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form="rename-folder">
            Rename
          </Button>
        </>
      }
    >
      <form
        id="rename-folder"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label="Name" error={error}>
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
