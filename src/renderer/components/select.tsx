import { Check, ChevronDown } from 'lucide-react';
import { Select as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { cspNonce } from '../theme/csp-nonce';
import type { ControlAttributes } from './field';
import { classNames } from './class-names';
import styles from './menu.module.css';

export interface SelectOption<T extends string> {
  readonly value: T;
  readonly label: ReactNode;
  readonly disabled?: boolean;
}

interface SelectProps<T extends string> {
  readonly control: ControlAttributes;
  readonly value: T;
  readonly options: readonly SelectOption<T>[];
  readonly onChange: (value: T) => void;
  readonly className?: string;
}

/** A choice of one among few. */
export function Select<T extends string>({
  control,
  value,
  options,
  onChange,
  className,
}: SelectProps<T>) {
  return (
    <Primitive.Root
      value={value}
      onValueChange={(chosen) => {
        const option = options.find((candidate) => candidate.value === chosen);
        if (option) onChange(option.value);
      }}
    >
      <Primitive.Trigger {...control} className={classNames(styles['trigger'], className)}>
        <Primitive.Value />
        <Primitive.Icon asChild>
          <ChevronDown />
        </Primitive.Icon>
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content className={styles['menu']} position="popper" sideOffset={4}>
          <Primitive.Viewport {...(cspNonce !== undefined && { nonce: cspNonce })}>
            {options.map((option) => (
              <Primitive.Item
                key={option.value}
                value={option.value}
                className={styles['item']}
                disabled={option.disabled ?? false}
              >
                <span className={styles['check']}>
                  <Primitive.ItemIndicator>
                    <Check />
                  </Primitive.ItemIndicator>
                </span>
                <Primitive.ItemText>{option.label}</Primitive.ItemText>
              </Primitive.Item>
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
