import { useCallback } from 'react';
import { Button } from '../../../components/button';
import { Dialog } from '../../../components/dialog';
import { ErrorNotice } from '../../../components/notice';
import { printable } from '../../../components/printable';
import { Skeleton } from '../../../components/skeleton';
import { copyText } from '../row-actions';
import type { TreeItem } from '../tree-item';
import { closeDetails, definitionOf, useDetails } from './details-store';
import styles from './details.module.css';
import { RelationDetails } from './relation-details';
import { useAnswer } from './use-answer';

/** The dialog with everything about a relation, or with the statement that makes an object. */
export function DetailsDialog() {
  const details = useDetails((state) => state.details);
  if (details === null) return null;
  if (details.kind === 'relation') return <RelationDetails {...details} onClose={closeDetails} />;
  return <DefinitionDialog connectionId={details.connectionId} item={details.item} />;
}

interface DefinitionDialogProps {
  readonly connectionId: string;
  readonly item: TreeItem;
}

function DefinitionDialog({ connectionId, item }: DefinitionDialogProps) {
  const definition = useAnswer(
    useCallback(() => definitionOf(connectionId, item), [connectionId, item]),
  );
  const text = definition.value ?? null;
  return (
    <Dialog
      title={printable(item.name)}
      description={item.sign}
      width={760}
      onClose={closeDetails}
      footer={
        <Button
          variant="primary"
          disabled={text === null}
          onClick={() => void copyText(text ?? '', 'definition')}
        >
          Copy definition
        </Button>
      }
    >
      {definition.status === 'failed' && <ErrorNotice error={definition.error} />}
      {definition.status === 'loading' && <Skeleton width="60%" />}
      {definition.status === 'ready' &&
        (text === null ? (
          <p className={styles['muted']}>The server prints no statement for an aggregate.</p>
        ) : (
          <pre className={styles['code']}>{text}</pre>
        ))}
    </Dialog>
  );
}
