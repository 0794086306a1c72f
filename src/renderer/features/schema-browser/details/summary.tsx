import type { TableInfo } from '@shared/models/table';
import type { ReactNode } from 'react';
import { groupDigits } from '../../../components/group-digits';
import { printable } from '../../../components/printable';
import { byteSize } from './byte-size';
import styles from './details.module.css';
import { ExactCount } from './exact-count';
import { OwnPrivileges } from './own-privileges';

interface SummaryProps {
  readonly connectionId: string;
  readonly info: TableInfo;
}

/** Owner, rows and size of a relation. */
export function Summary({ connectionId, info }: SummaryProps) {
  const { table, size, partitionKey, inheritsFrom } = info;
  const { schema, name, kind, canSelect } = table;
  return (
    <dl className={styles['summary']}>
      <Fact name="Owner">{printable(table.owner)}</Fact>
      {kind !== 'sequence' && (
        <Fact name="Rows">
          <span className={styles['rows']}>
            {table.estimatedRows !== null && <span>about {groupDigits(table.estimatedRows)}</span>}
            {canSelect ? (
              <ExactCount connectionId={connectionId} schema={schema} name={name} />
            ) : (
              <span className={styles['muted']}>You have no SELECT right on it.</span>
            )}
          </span>
        </Fact>
      )}
      {size !== null && (
        <Fact name="Size">
          {byteSize(size.total)}
          <span className={styles['muted']}>
            {` (rows ${byteSize(size.heap)}, indexes ${byteSize(size.indexes)}, TOAST ${byteSize(size.toast)})`}
          </span>
        </Fact>
      )}
      <Fact name="Your rights">
        <OwnPrivileges connectionId={connectionId} table={table} />
      </Fact>
      {typeof partitionKey === 'string' && (
        <Fact name="Partitioned by">{printable(partitionKey)}</Fact>
      )}
      {table.partitionOf !== null && (
        <Fact name="Partition of">
          {printable(`${table.partitionOf.schema}.${table.partitionOf.name}`)}
        </Fact>
      )}
      {inheritsFrom !== undefined && inheritsFrom.length > 0 && (
        <Fact name="Inherits from">
          {inheritsFrom.map((base) => printable(`${base.schema}.${base.name}`)).join(', ')}
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className={styles['factName']}>{name}</dt>
      <dd className={styles['fact']}>{children}</dd>
    </>
  );
}
