import type { RelationPrivilege } from '@shared/models/catalog-objects';
import type { TableInfo } from '@shared/models/table';
import { useCallback } from 'react';
import { call } from '../../../api/postern';
import { Button } from '../../../components/button';
import { Dialog } from '../../../components/dialog';
import { ErrorNotice } from '../../../components/notice';
import { printable } from '../../../components/printable';
import { Skeleton } from '../../../components/skeleton';
import { copyText } from '../row-actions';
import {
  checkItems,
  foreignKeyItems,
  indexItems,
  policyItems,
  referenceItems,
  ruleItems,
  triggerItems,
} from '../table-items';
import { ColumnsSection } from './columns-section';
import styles from './details.module.css';
import { ItemSection, Section } from './section';
import { Summary } from './summary';
import { useAnswer } from './use-answer';

interface RelationDetailsProps {
  readonly connectionId: string;
  readonly schema: string;
  readonly name: string;
  readonly onClose: () => void;
}

/** Everything that the server says of a relation. */
export function RelationDetails({ connectionId, schema, name, onClose }: RelationDetailsProps) {
  const info = useAnswer(
    useCallback(
      () => call('catalog:get-table-info', { connectionId, schema, table: name }),
      [connectionId, schema, name],
    ),
  );
  const view = info.value?.viewDefinition ?? null;
  return (
    <Dialog
      title={printable(name)}
      description={printable(
        info.value === undefined ? schema : `${info.value.table.kind} in ${schema}`,
      )}
      width={880}
      onClose={onClose}
      {...(view !== null && {
        footer: (
          <Button variant="primary" onClick={() => void copyText(view, 'definition')}>
            Copy definition
          </Button>
        ),
      })}
    >
      {info.status === 'failed' && <ErrorNotice error={info.error} />}
      {info.status === 'loading' && <Skeleton width="60%" />}
      {info.value !== undefined && <Sections connectionId={connectionId} info={info.value} />}
    </Dialog>
  );
}

interface SectionsProps {
  readonly connectionId: string;
  readonly info: TableInfo;
}

function Sections({ connectionId, info }: SectionsProps) {
  const { schema, name: table, kind } = info.table;
  const attachments = useAnswer(
    useCallback(
      () => call('catalog:get-table-attachments', { connectionId, schema, table }),
      [connectionId, schema, table],
    ),
  );
  const privileges = useAnswer(
    useCallback(
      () => call('catalog:get-relation-privileges', { connectionId, schema, table }),
      [connectionId, schema, table],
    ),
  );
  return (
    <div className={styles['details']}>
      {info.table.comment !== null && (
        <p className={styles['note']}>{printable(info.table.comment)}</p>
      )}
      <Summary connectionId={connectionId} info={info} />
      {kind !== 'sequence' && <ColumnsSection columns={info.columns} />}
      {info.viewDefinition !== null && (
        <Section title="Definition">
          <pre className={styles['code']}>{info.viewDefinition}</pre>
        </Section>
      )}
      <ItemSection title="Indexes" items={indexItems(info)} />
      <ItemSection title="Foreign keys" items={foreignKeyItems(info)} />
      <ItemSection title="Referenced by" items={referenceItems(info)} />
      <ItemSection title="Checks" items={checkItems(info)} />
      <ItemSection
        title="Partitions"
        items={info.partitions.map(({ schema: place, name, bound }) => ({
          sign: 'table',
          name: place === schema ? name : `${place}.${name}`,
          aside: null,
          notes: [bound],
        }))}
      />
      {attachments.status === 'failed' && <ErrorNotice error={attachments.error} />}
      {attachments.value !== undefined && (
        <>
          <ItemSection title="Triggers" items={triggerItems(attachments.value)} />
          <ItemSection title="Rules" items={ruleItems(attachments.value)} />
          <ItemSection title="Policies" items={policyItems(attachments.value)} />
        </>
      )}
      {privileges.status === 'failed' && <ErrorNotice error={privileges.error} />}
      {privileges.value !== undefined && <Privileges privileges={privileges.value} />}
    </div>
  );
}

function Privileges({ privileges }: { readonly privileges: readonly RelationPrivilege[] }) {
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
