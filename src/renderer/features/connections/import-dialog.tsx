import type { DatabaseErrorData } from '@shared/models/database-error';
import type {
  ImportCandidate,
  ImportPreview,
  UsableCandidate,
} from '@shared/models/profile-transfer';
import { CircleSlash, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { call, errorData } from '../../api/postern';
import { formatCount } from '../../components/format-count';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { ErrorNotice } from '../../components/notice';
import { printable } from '../../components/printable';
import { Select } from '../../components/select';
import { showToast } from '../../components/toast-store';
import { loadProfiles } from './connections-store';
import {
  choicesOf,
  firstDecisions,
  usable,
  type ImportDecision,
  type ImportDecisions,
} from './import-choices';
import { address } from './profile-order';
import styles from './transfer-dialog.module.css';

interface ImportDialogProps {
  readonly preview: ImportPreview;
  readonly onClose: () => void;
}

/** Shows what a file holds: what is new, what is saved already, and what cannot be used and why. */
export function ImportDialog({ preview, onClose }: ImportDialogProps) {
  const { candidates, importId } = preview;
  const [decisions, setDecisions] = useState(() => firstDecisions(candidates));
  const [error, setError] = useState<DatabaseErrorData | null>(null);
  const [isBusy, setBusy] = useState(false);
  const choices = choicesOf(decisions);
  const found = usable(candidates);
  const fresh = found.filter(({ existing }) => existing === null);
  const known = found.filter(({ existing }) => existing !== null);
  const invalid = candidates.filter(({ state }) => state === 'invalid');

  const decide = (index: number, decision: ImportDecision): void =>
    setDecisions((current) => ({ ...current, [index]: decision }));
  const submit = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const { added, replaced } = await call('profile:import', { importId, choices });
      await loadProfiles();
      showToast({ tone: 'neutral', message: summary(added, replaced) });
      onClose();
    } catch (failure) {
      // Some may have been saved before it failed.
      await loadProfiles();
      setError(errorData(failure));
      setBusy(false);
    }
  };

  return (
    <Dialog
      title="Import connections"
      description={printable(preview.path)}
      width={620}
      onClose={onClose}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            busy={isBusy}
            disabled={choices.length === 0}
            onClick={() => void submit()}
          >
            {choices.length === 0
              ? 'Import'
              : `Import ${formatCount(choices.length, 'connection')}`}
          </Button>
        </>
      }
    >
      {error !== null && <ErrorNotice className={styles['error']} error={error} />}
      {candidates.length === 0 && (
        <p className={styles['nothing']}>The file names no connection.</p>
      )}
      <Section title="New" candidates={fresh} decisions={decisions} onDecide={decide} />
      <Section title="Saved already" candidates={known} decisions={decisions} onDecide={decide} />
      <Section
        title="Cannot be used"
        candidates={invalid}
        decisions={decisions}
        onDecide={decide}
      />
    </Dialog>
  );
}

interface SectionProps {
  readonly title: string;
  readonly candidates: readonly ImportCandidate[];
  readonly decisions: ImportDecisions;
  readonly onDecide: (index: number, decision: ImportDecision) => void;
}

function Section({ title, candidates, decisions, onDecide }: SectionProps) {
  if (candidates.length === 0) return null;
  return (
    <section className={styles['section']}>
      <h3 className={styles['heading']}>
        {title} <span className={styles['count']}>{candidates.length}</span>
      </h3>
      <ul className={styles['list']}>
        {candidates.map((candidate) => (
          <li key={candidate.index} className={styles['item']}>
            {candidate.state === 'invalid' ? (
              <>
                <CircleSlash aria-hidden="true" className={styles['invalid']} />
                <span className={styles['text']}>
                  <span className={styles['name']}>{printable(candidate.label)}</span>
                  <span className={styles['problem']}>{printable(candidate.problem)}</span>
                </span>
              </>
            ) : (
              <Usable
                candidate={candidate}
                decision={decisions[candidate.index] ?? 'skip'}
                onDecide={(decision) => onDecide(candidate.index, decision)}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface UsableProps {
  readonly candidate: UsableCandidate;
  readonly decision: ImportDecision;
  readonly onDecide: (decision: ImportDecision) => void;
}

function Usable({ candidate, decision, onDecide }: UsableProps) {
  const { index, address: to, existing, notes, hasPassword } = candidate;
  const id = `import-${index}`;
  return (
    <>
      <input
        id={id}
        type="checkbox"
        className={styles['check']}
        checked={decision !== 'skip'}
        onChange={({ target }) => {
          if (!target.checked) onDecide('skip');
          else onDecide(existing === null ? 'add' : 'replace');
        }}
      />
      <label htmlFor={id} className={styles['text']}>
        <span className={styles['name']}>
          {printable(to.name)}
          {hasPassword && <KeyRound aria-label="With its password, which goes to the keychain" />}
        </span>
        <span className={styles['address']}>{printable(`${to.user}@${address(to)}`)}</span>
        {existing !== null && (
          <span className={styles['note']}>Saved as {printable(existing.name)}</span>
        )}
        {notes.map((note) => (
          <span key={note} className={styles['note']}>
            {printable(note)}
          </span>
        ))}
      </label>
      {existing !== null && decision !== 'skip' && (
        <div className={styles['action']}>
          <label htmlFor={`${id}-action`} className={styles['unseen']}>
            What to do with {printable(to.name)}
          </label>
          <Select
            control={{ id: `${id}-action` }}
            value={decision}
            options={[
              { value: 'replace', label: 'Replace its settings' },
              { value: 'add', label: 'Add another one' },
            ]}
            onChange={onDecide}
          />
        </div>
      )}
    </>
  );
}

function summary(added: number, replaced: number): string {
  return [
    added > 0 && `${formatCount(added, 'connection')} added`,
    replaced > 0 && `${formatCount(replaced, 'connection')} replaced`,
  ]
    .filter(Boolean)
    .join(', ')
    .concat('.');
}
