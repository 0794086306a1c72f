import type { Connection } from '@shared/models/connection-profile';
import { isMac } from '../../components/shortcut-text';
import { openingText } from './item-actions';
import type { ItemTarget } from './items';
import { scopes } from './query-text';
import styles from './quick-open.module.css';

interface PaletteFooterProps {
  readonly connection: Connection | null;
  readonly target: ItemTarget | null;
  readonly onScope: (prefix: string) => void;
}

/** What the search can be narrowed to, and what the keys do with the chosen line. */
export function PaletteFooter({ connection, target, onScope }: PaletteFooterProps) {
  const withCommand = isMac ? '⌘↵' : 'Ctrl+↵';
  return (
    <footer className={styles['footer']}>
      <span className={styles['scopes']}>
        {scopes
          .filter(({ scope }) => connection !== null || scope === 'command')
          .map(({ prefix, label }) => (
            <button
              key={prefix}
              type="button"
              tabIndex={-1}
              className={styles['scope']}
              onClick={() => onScope(prefix)}
            >
              <kbd>{prefix}</kbd> {label}
            </button>
          ))}
      </span>
      <span className={styles['hints']}>
        {target !== null && (
          <span>
            <kbd>↵</kbd> {openingText(target)}
          </span>
        )}
        {target?.kind === 'object' && (
          <>
            <span>
              <kbd>{withCommand}</kbd> insert name
            </span>
            {openingText(target) !== 'show in tree' && (
              <span>
                <kbd>⇧↵</kbd> show in tree
              </span>
            )}
          </>
        )}
      </span>
    </footer>
  );
}
