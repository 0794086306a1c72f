import type { Column } from '@shared/models/table';
import { KeyRound } from 'lucide-react';
import { printable } from '../../../components/printable';
import { visibleLines } from '../../../components/visible-lines';
import { Section } from './section';
import styles from './details.module.css';

/** The columns of a relation: type, whether NULL is accepted, default, comment. */
export function ColumnsSection({ columns }: { readonly columns: readonly Column[] }) {
  return (
    <Section title="Columns" count={columns.length}>
      <div className={styles['scroller']}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Type</th>
              <th scope="col">NULL</th>
              <th scope="col">Default</th>
              <th scope="col">Comment</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <tr key={column.number}>
                <td className={styles['columnName']}>
                  {printable(column.name)}
                  {column.isPrimaryKey && <KeyRound aria-label="primary key" />}
                </td>
                <td className={styles['columnType']}>
                  <code>{typeText(column)}</code>
                </td>
                <td>{column.nullable ? 'yes' : 'no'}</td>
                <td>
                  <code>{visibleLines(defaultText(column))}</code>
                </td>
                <td className={styles['comment']}>{printable(column.comment ?? '')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function typeText({ type, collation }: Column): string {
  return printable(collation === null ? type : `${type} COLLATE ${collation}`);
}

function defaultText({ default: expression, identity, generated }: Column): string {
  if (identity !== null) return `generated ${identity} as identity`;
  if (expression === null) return '';
  return generated === null ? expression : `generated (${expression}) ${generated}`;
}
