import { Search } from 'lucide-react';
import { useState } from 'react';
import { SearchField } from '../../components/search-field';
import { matchingShortcuts, shortcutGroups } from './shortcut-list';
import styles from './settings.module.css';

/** Every key and what it does. */
export function ShortcutsPage() {
  const [typed, setTyped] = useState('');
  const groups = matchingShortcuts(shortcutGroups, typed);
  return (
    <div className={styles['group']}>
      <SearchField
        label="Search by name or key"
        icon={<Search />}
        value={typed}
        onChange={setTyped}
      />
      {groups.length === 0 && (
        <output className={styles['note']}>No shortcut contains these words.</output>
      )}
      {groups.map(({ title, shortcuts }) => (
        <section key={title} className={styles['shortcuts']} aria-label={title}>
          <h3>{title}</h3>
          <dl>
            {shortcuts.map(({ label, keys }) => (
              <div key={label} className={styles['shortcut']}>
                <dt>{label}</dt>
                <dd>{keys === null ? 'No shortcut' : <kbd>{keys}</kbd>}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
