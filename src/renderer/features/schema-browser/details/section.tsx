import type { ReactNode } from 'react';
import { printable } from '../../../components/printable';
import { visibleLines } from '../../../components/visible-lines';
import type { TreeItem } from '../tree-item';
import styles from './details.module.css';

interface SectionProps {
  readonly title: string;
  readonly count?: number;
  readonly children: ReactNode;
}

/** A part of the details under its heading. */
export function Section({ title, count, children }: SectionProps) {
  return (
    <section className={styles['section']}>
      <h3 className={styles['heading']}>
        {title}
        {count !== undefined && <span className={styles['count']}>{count}</span>}
      </h3>
      {children}
    </section>
  );
}

interface ItemSectionProps {
  readonly title: string;
  readonly items: readonly TreeItem[];
}

/** A part that lists named things with what the server says of them; nothing where there are none. */
export function ItemSection({ title, items }: ItemSectionProps) {
  if (items.length === 0) return null;
  return (
    <Section title={title} count={items.length}>
      <ul className={styles['items']}>
        {items.map((item) => (
          <li key={item.id ?? item.name} className={styles['entry']}>
            <span className={styles['entryName']}>{printable(item.name)}</span>
            <code className={styles['entryText']}>
              {visibleLines(item.definition ?? item.notes.filter(Boolean).join('\n'))}
            </code>
          </li>
        ))}
      </ul>
    </Section>
  );
}
