import type { ReactNode } from 'react';
import styles from './filter-bar.module.css';

/** What narrows a list: the first control, a search field, takes the room that the others leave. */
export function FilterBar({ children }: { readonly children: ReactNode }) {
  return <div className={styles['bar']}>{children}</div>;
}
