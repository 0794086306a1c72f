import type { RelationPrivilege } from '@shared/models/catalog-objects';
import { ErrorNotice } from '../../../components/notice';
import { printable } from '../../../components/printable';
import type { Loadable } from '../loadable';
import styles from './details.module.css';
import { Section } from './section';

/** Who may do what with an object; nothing until it is read. */
export function Privileges({
  answer,
}: {
  readonly answer: Loadable<readonly RelationPrivilege[]>;
}) {
  if (answer.status === 'failed') return <ErrorNotice error={answer.error} />;
  if (answer.value === undefined) return null;
  const privileges = answer.value;
  return (
    <Section title="Privileges" count={privileges.length}>
      <ul className={styles['items']}>
        {privileges.map(({ grantee, grantor, privileges: granted, grantable }) => (
          <li key={`${grantee ?? ''}\0${grantor}`} className={styles['entry']}>
            <span className={styles['entryName']}>
              {grantee === null ? 'PUBLIC' : printable(grantee)}
            </span>
            <span className={styles['entryText']}>
              {granted
                .map((right) => (grantable.includes(right) ? `${right} (may grant)` : right))
                .join(', ')}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
