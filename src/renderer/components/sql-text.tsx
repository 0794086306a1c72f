import { type ComponentProps, useMemo } from 'react';
import { classNames } from './class-names';
import { sqlTokens } from './sql-tokens';
import styles from './sql-text.module.css';
import { visibleLines } from './visible-lines';

interface SqlTextProps extends Omit<ComponentProps<'pre'>, 'children'> {
  readonly text: string;
}

/** SQL to read, in the colours of the editor. */
export function SqlText({ text, className, ...rest }: SqlTextProps) {
  const tokens = useMemo(() => sqlTokens(text), [text]);
  return (
    <pre
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, by keys too
      tabIndex={0}
      {...rest}
      className={classNames(styles['text'], className)}
    >
      {tokens.map(({ from, text: part, kinds }) =>
        kinds === '' ? (
          visibleLines(part)
        ) : (
          <span
            key={from}
            className={kinds
              .split(' ')
              .map((kind) => styles[kind])
              .join(' ')}
          >
            {visibleLines(part)}
          </span>
        ),
      )}
    </pre>
  );
}
