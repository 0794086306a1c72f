import { X } from 'lucide-react';
import { useRef, type ComponentProps, type ReactNode } from 'react';
import { IconButton } from './icon-button';
import { TextInput } from './text-input';

interface SearchFieldProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange'> {
  readonly label: string;
  readonly icon: ReactNode;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A field that narrows what is shown; Escape empties it. */
export function SearchField({
  label,
  icon,
  value,
  onChange,
  onKeyDown,
  ...rest
}: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <TextInput
      {...rest}
      ref={input}
      type="search"
      aria-label={label}
      placeholder={label}
      icon={icon}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && value !== '') {
          // Used up here: the same key closes dialogs and cancels queries.
          event.preventDefault();
          event.stopPropagation();
          onChange('');
        } else onKeyDown?.(event);
      }}
      {...(value !== '' && {
        end: (
          <IconButton
            size="small"
            label="Clear"
            shortcut="Esc"
            icon={<X />}
            onClick={() => {
              onChange('');
              input.current?.focus();
            }}
          />
        ),
      })}
    />
  );
}
