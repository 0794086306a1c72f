import type { TableInfo } from '@shared/models/table';
import { useCallback } from 'react';
import { call } from '../../../api/postern';
import { Dialog } from '../../../components/dialog';
import { ErrorNotice } from '../../../components/notice';
import { printable } from '../../../components/printable';
import { Skeleton } from '../../../components/skeleton';
import { SqlText } from '../../../components/sql-text';
import {
  checkItems,
  constraintItems,
  foreignKeyItems,
  indexItems,
  notNullItems,
  policyItems,
  referenceItems,
  ruleItems,
  statisticsItems,
  triggerItems,
} from '../table-items';
import { ActivitySection } from './activity-section';
import { ColumnStatisticsSection } from './column-statistics';
import { ColumnsSection } from './columns-section';
import { DefinitionActions } from './definition-actions';
import styles from './details.module.css';
import { Privileges } from './privileges';
import { ItemSection, Section } from './section';
import { Summary } from './summary';
import { useAnswer } from './use-answer';

interface RelationDetailsProps {
  readonly connectionId: string;
  readonly schema: string;
  readonly name: string;
  readonly onClose: () => void;
  readonly onOpenQuery: (title: string, text: string) => void;
}

/** Everything that the server says of a relation. */
export function RelationDetails({
  connectionId,
  schema,
  name,
  onClose,
  onOpenQuery,
}: RelationDetailsProps) {
  const info = useAnswer(
    useCallback(
      () => call('catalog:get-table-info', { connectionId, schema, table: name }),
      [connectionId, schema, name],
    ),
  );
  const definition = useAnswer(
    useCallback(
      () => call('catalog:get-relation-definition', { connectionId, schema, table: name }),
      [connectionId, schema, name],
    ),
  );
  return (
    <Dialog
      title={printable(name)}
      description={printable(
        info.value === undefined ? schema : `${info.value.table.kind} in ${schema}`,
      )}
      width={880}
      onClose={onClose}
      {...(info.value?.table.kind !== 'sequence' && {
        footer: (
          <DefinitionActions
            text={definition.value ?? null}
            title={name}
            onOpenQuery={onOpenQuery}
          />
        ),
      })}
    >
      {info.status === 'failed' && <ErrorNotice error={info.error} />}
      {info.status === 'loading' && (
        <div className={styles['loading']}>
          {['60%', '35%', '45%', '70%'].map((width) => (
            <Skeleton key={width} width={width} />
          ))}
        </div>
      )}
      {info.status === 'ready' && definition.status === 'failed' && (
        <ErrorNotice error={definition.error} />
      )}
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
  const activity = useAnswer(
    useCallback(
      () => call('catalog:get-table-activity', { connectionId, schema, table }),
      [connectionId, schema, table],
    ),
  );
  const hasActivity = kind !== 'view' && kind !== 'sequence';
  return (
    <div className={styles['details']}>
      {info.table.comment !== null && (
        <p className={styles['note']}>{printable(info.table.comment)}</p>
      )}
      <Summary connectionId={connectionId} info={info} />
      {kind !== 'sequence' && <ColumnsSection columns={info.columns} />}
      {info.viewDefinition !== null && (
        <Section title="Definition">
          <SqlText className={styles['code']} text={info.viewDefinition} />
        </Section>
      )}
      <ItemSection title="Indexes" items={indexItems(info)} />
      <ItemSection title="Foreign keys" items={foreignKeyItems(info)} />
      <ItemSection title="Referenced by" items={referenceItems(info)} />
      <ItemSection title="Constraints" items={constraintItems(info)} />
      <ItemSection title="Checks" items={checkItems(info)} />
      <ItemSection title="NOT NULL" items={notNullItems(info)} />
      <ItemSection title="Statistics" items={statisticsItems(info)} />
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
          <ItemSection title="Policies" items={policyItems(info.table, attachments.value)} />
        </>
      )}
      <Privileges answer={privileges} />
      {activity.status === 'failed' && <ErrorNotice error={activity.error} />}
      {hasActivity && activity.value !== undefined && <ActivitySection activity={activity.value} />}
      {hasActivity && (
        <ColumnStatisticsSection connectionId={connectionId} schema={schema} name={table} />
      )}
    </div>
  );
}
