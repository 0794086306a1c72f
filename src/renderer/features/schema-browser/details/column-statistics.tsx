import type { ColumnStatistics } from '@shared/models/table-activity';
import { useState } from 'react';
import { call, errorData } from '../../../api/postern';
import { Button } from '../../../components/button';
import { printable } from '../../../components/printable';
import type { Loadable } from '../loadable';
import { distinctText, shareText } from './column-statistics-text';
import styles from './details.module.css';
import { Section } from './section';

interface ColumnStatisticsSectionProps {
  readonly connectionId: string;
  readonly schema: string;
  readonly name: string;
}

/** What the planner knows of the columns, read when it is asked for. */
export function ColumnStatisticsSection({
  connectionId,
  schema,
  name,
}: ColumnStatisticsSectionProps) {
  const [answer, setAnswer] = useState<Loadable<readonly ColumnStatistics[]> | null>(null);
  const read = async (): Promise<void> => {
    setAnswer({ status: 'loading' });
    try {
      const request = { connectionId, schema, table: name };
      setAnswer({ status: 'ready', value: await call('catalog:list-column-statistics', request) });
    } catch (error) {
      setAnswer({ status: 'failed', error: errorData(error) });
    }
  };
  if (answer?.value === undefined) {
    return (
      <Section title="Planner statistics">
        <div className={styles['rows']}>
          {answer?.status === 'failed' && (
            <span className={styles['failed']}>{printable(answer.error.message)}</span>
          )}
          <Button size="small" disabled={answer?.status === 'loading'} onClick={() => void read()}>
            Show what the planner knows of the columns
          </Button>
        </div>
      </Section>
    );
  }
  return (
    <Section title="Planner statistics" count={answer.value.length}>
      {answer.value.length === 0 ? (
        <p className={styles['muted']}>There are none that you may read. ANALYZE collects them.</p>
      ) : (
        <StatisticsTable statistics={answer.value} />
      )}
    </Section>
  );
}

function StatisticsTable({ statistics }: { readonly statistics: readonly ColumnStatistics[] }) {
  return (
    <div className={styles['scroller']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">NULL</th>
            <th scope="col">Different values</th>
            <th scope="col">Bytes</th>
            <th scope="col">Most common values</th>
          </tr>
        </thead>
        <tbody>
          {statistics.map((column) => (
            <tr key={`${column.column}\0${column.includesChildren}`}>
              <td className={styles['columnName']}>
                {printable(column.column)}
                {column.includesChildren && ' (with children)'}
              </td>
              <td>{shareText(column.nullFraction)}</td>
              <td>{distinctText(column.distinct)}</td>
              <td>{column.averageWidth}</td>
              <td>
                <MostCommon values={column.mostCommon} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The values, a line each with its share of the rows. */
function MostCommon({ values }: { readonly values: ColumnStatistics['mostCommon'] }) {
  return (
    <ul>
      {values.map(({ value, frequency }) => (
        <li key={JSON.stringify(value)}>
          {value === null || value === '' ? (
            <span className={styles['muted']}>{value === null ? 'NULL' : 'empty'}</span>
          ) : (
            <code>{printable(value)}</code>
          )}{' '}
          <span className={styles['muted']}>{shareText(frequency)}</span>
        </li>
      ))}
    </ul>
  );
}
