import { timeoutText } from '@shared/formats/timeout-text';
import { useState } from 'react';
import { Button } from '../../../components/button';
import { Dialog } from '../../../components/dialog';
import { Field } from '../../../components/field';
import { TextInput } from '../../../components/text-input';
import { typedTimeout } from './typed-timeout';

interface TimeoutDialogProps {
  /** Milliseconds; undefined where the tab has none of its own. */
  readonly timeoutMs: number | undefined;
  readonly onChoose: (timeoutMs: number) => void;
  readonly onClose: () => void;
}

/** Asks for a timeout that is not among the usual ones. */
export function TimeoutDialog({ timeoutMs = 0, onChoose, onClose }: TimeoutDialogProps) {
  const [text, setText] = useState(timeoutMs === 0 ? '' : timeoutText(timeoutMs));
  const [isTold, setTold] = useState(false);
  const typed = typedTimeout(text);
  return (
    <Dialog
      title="Timeout of this tab"
      description="The server stops a statement that takes longer."
      width={380}
      onClose={onClose}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form="timeout">
            Set
          </Button>
        </>
      }
    >
      <form
        id="timeout"
        onSubmit={(event) => {
          event.preventDefault();
          setTold(typed === null);
          if (typed !== null) onChoose(typed);
        }}
      >
        <Field
          label="Statement timeout"
          hint="With a unit: ms, s, min or h. A number alone is seconds."
          error={
            isTold && typed === null
              ? 'Enter a number with ms, s, min or h, such as 45 s. At most 24 days.'
              : undefined
          }
        >
          {(control) => (
            <TextInput
              {...control}
              value={text}
              placeholder="45 s"
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
