import type { Table } from '@shared/models/table';
import { useCallback } from 'react';
import { call } from '../../../api/postern';
import { printable } from '../../../components/printable';
import styles from './details.module.css';
import { useAnswer } from './use-answer';

interface OwnPrivilegesProps {
  readonly connectionId: string;
  readonly table: Pick<Table, 'schema' | 'name'>;
}

/** What the current user may do with a relation and with single columns of it. */
export function OwnPrivileges({ connectionId, table: { schema, name } }: OwnPrivilegesProps) {
  const answer = useAnswer(
    useCallback(
      () => call('catalog:get-own-privileges', { connectionId, schema, table: name }),
      [connectionId, schema, name],
    ),
  );
  if (answer.status === 'failed') {
    return <span className={styles['failed']}>{printable(answer.error.message)}</span>;
  }
  if (answer.value === undefined) return null;
  const { canUseSchema, relation, columns } = answer.value;
  return (
    <>
      {relation.length === 0 ? 'none on the whole' : relation.join(', ')}
      {columns.map((column) => (
        <span key={column.name} className={styles['ownColumn']}>
          {`${printable(column.name)}: ${column.privileges.join(', ')}`}
        </span>
      ))}
      {!canUseSchema && (
        <span className={styles['ownColumn']}>
          Without USAGE on its schema none of them can be used.
        </span>
      )}
    </>
  );
}
