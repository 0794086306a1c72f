import type { ParsedConnection } from '@shared/models/connection-profile';
import { CornerDownLeft } from 'lucide-react';
import { useState, type ClipboardEvent } from 'react';
import { call, errorData } from '../../api/postern';
import { Field } from '../../components/field';
import { IconButton } from '../../components/icon-button';
import { TextInput } from '../../components/text-input';

const isOneLine = (text: string): boolean => !/[\r\n]/.test(text.trim());

interface ConnectionTextFieldProps {
  readonly onParsed: (parsed: ParsedConnection) => void;
}

/**
 * Takes a connection URL, a psql command line, key=value pairs or variables. What is pasted opens the
 * form at once, as Enter does with what is typed: there a password is behind dots.
 */
export function ConnectionTextField({ onParsed }: ConnectionTextFieldProps) {
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();

  const parse = async (source: string): Promise<void> => {
    if (source.trim() === '') return;
    try {
      const parsed = await call('profile:parse', { text: source });
      // The text may hold a password: it has no business on the screen any longer.
      setText('');
      setError(undefined);
      onParsed(parsed);
    } catch (failure) {
      if (isOneLine(source)) setText(source);
      const { message, advice } = errorData(failure);
      setError([message, advice].filter(Boolean).join(' '));
    }
  };
  const paste = (event: ClipboardEvent): void => {
    const pasted = event.clipboardData.getData('text');
    // Into what is there already goes a part of one, and several lines never.
    if (text !== '' && isOneLine(pasted)) return;
    event.preventDefault();
    void parse(pasted);
  };

  return (
    <Field
      label="Paste a connection URL"
      hint="A psql command line, key=value pairs or an .env file work too."
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
          onPaste={paste}
          onKeyDown={(event) => {
            if (event.key === 'Enter') void parse(text);
          }}
          end={
            text.trim() !== '' && (
              <IconButton
                size="small"
                label="Fill in the form"
                shortcut="Enter"
                icon={<CornerDownLeft />}
                onClick={() => void parse(text)}
              />
            )
          }
        />
      )}
    </Field>
  );
}
