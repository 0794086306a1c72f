import type { ParsedConnection } from '@shared/models/connection-profile';
import { CornerDownLeft } from 'lucide-react';
import { useState } from 'react';
import { call, errorData } from '../../api/postern';
import { Field } from '../../components/field';
import { IconButton } from '../../components/icon-button';
import { TextInput } from '../../components/text-input';

interface ConnectionTextFieldProps {
  readonly onParsed: (parsed: ParsedConnection) => void;
}

/** Takes a connection URL, a psql command line or key=value pairs; Enter opens the form with it. */
export function ConnectionTextField({ onParsed }: ConnectionTextFieldProps) {
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();

  const parse = async (): Promise<void> => {
    if (text.trim() === '') return;
    try {
      const parsed = await call('profile:parse', { text });
      // The text may hold a password: it has no business on the screen any longer.
      setText('');
      setError(undefined);
      onParsed(parsed);
    } catch (failure) {
      const { message, advice } = errorData(failure);
      setError([message, advice].filter(Boolean).join(' '));
    }
  };

  return (
    <Field
      label="Paste a connection URL"
      hint="A psql command line or key=value pairs work too."
      error={error}
    >
      {(control) => (
        <TextInput
          {...control}
          mono
          placeholder="postgres://user@host/database"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setError(undefined);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') void parse();
          }}
          end={
            text.trim() !== '' && (
              <IconButton
                size="small"
                label="Fill in the form"
                shortcut="Enter"
                icon={<CornerDownLeft />}
                onClick={() => void parse()}
              />
            )
          }
        />
      )}
    </Field>
  );
}
