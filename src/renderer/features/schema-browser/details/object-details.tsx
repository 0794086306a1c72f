import { useCallback } from 'react';
import { call } from '../../../api/postern';
import { Dialog } from '../../../components/dialog';
import { ErrorNotice } from '../../../components/notice';
import { printable } from '../../../components/printable';
import { Skeleton } from '../../../components/skeleton';
import { SqlText } from '../../../components/sql-text';
import type { TreeItem } from '../tree-item';
import { DefinitionActions } from './definition-actions';
import { definitionOf } from './details-store';
import styles from './details.module.css';
import { Privileges } from './privileges';
import { Section } from './section';
import { useAnswer } from './use-answer';

interface ObjectDetailsProps {
  readonly connectionId: string;
  readonly item: TreeItem;
  readonly onClose: () => void;
  readonly onOpenQuery: (title: string, text: string) => void;
}

/** What the server says of an object that is no relation: its facts, its statement, who may use it. */
export function ObjectDetails({ connectionId, item, onClose, onOpenQuery }: ObjectDetailsProps) {
  const definition = useAnswer(
    useCallback(() => definitionOf(connectionId, item), [connectionId, item]),
  );
  const text = definition.value ?? null;
  return (
    <Dialog
      title={printable(item.name)}
      description={item.sign}
      width={760}
      onClose={onClose}
      footer={<DefinitionActions text={text} title={item.name} onOpenQuery={onOpenQuery} />}
    >
      <div className={styles['details']}>
        <Facts item={item} definition={text} />
        {definition.status === 'failed' && <ErrorNotice error={definition.error} />}
        {definition.status === 'loading' && <Skeleton width="60%" />}
        {text !== null && (
          <Section title="Definition">
            <SqlText className={styles['code']} text={text} />
          </Section>
        )}
        {item.grants !== undefined && <Granted connectionId={connectionId} object={item.grants} />}
      </div>
    </Dialog>
  );
}

interface FactsProps {
  readonly item: TreeItem;
  readonly definition: string | null;
}

function Facts({ item, definition }: FactsProps) {
  const notes = item.notes.filter(
    (note): note is string => typeof note === 'string' && note !== '' && note !== definition,
  );
  if (notes.length === 0 && item.owner === undefined) return null;
  return (
    <>
      {item.owner !== undefined && (
        <dl className={styles['summary']}>
          <dt className={styles['factName']}>Owner</dt>
          <dd className={styles['fact']}>{printable(item.owner)}</dd>
        </dl>
      )}
      {notes.length > 0 && <p className={styles['note']}>{notes.map(printable).join('\n')}</p>}
    </>
  );
}

interface GrantedProps {
  readonly connectionId: string;
  readonly object: NonNullable<TreeItem['grants']>;
}

function Granted({ connectionId, object }: GrantedProps) {
  const answer = useAnswer(
    useCallback(
      () => call('catalog:get-object-privileges', { connectionId, object }),
      [connectionId, object],
    ),
  );
  return <Privileges answer={answer} />;
}
