import type { HeldLock, TransactionReview } from '@shared/models/transaction-review';
import { formatCount } from '../../../components/format-count';

/** More statements than these are summed up. */
const maximumStatements = 4;

/** What the statements of a review did: "DELETE 3 rows · ALTER TABLE"; queries are left out. */
export function affectedText({ statements }: TransactionReview): string {
  const changes = statements.filter((statement) => statement.changes);
  if (changes.length === 0) return 'No statement changed anything by itself';
  const shown = changes.slice(0, maximumStatements).map(({ commandTag, rows }) => {
    if (commandTag === null) return 'changed rows are being read';
    const name = commandTag.replace(/(?: \d+)+$/u, '');
    return rows === null ? name : `${name} ${formatCount(rows, 'row')}`;
  });
  const further = changes.length - shown.length;
  return [...shown, ...(further > 0 ? [`${further.toLocaleString('en')} more`] : [])].join(' · ');
}

/** What a lock of this mode keeps others from (PostgreSQL manual, 13.3.1). */
export function lockText({ mode }: HeldLock): string {
  return lockTexts[mode] ?? 'others may have to wait';
}

const lockTexts: Readonly<Record<string, string>> = {
  AccessExclusiveLock: 'others can neither read nor write it',
  ExclusiveLock: 'others can only read it',
  ShareRowExclusiveLock: 'others cannot write to it',
  ShareLock: 'others cannot write to it',
  ShareUpdateExclusiveLock: 'others cannot change its structure',
  RowExclusiveLock: 'others wait for the rows that were changed',
  RowShareLock: 'others wait for the rows that were locked',
};

/** A lock's mode as SQL writes it: "ROW EXCLUSIVE". */
export function lockMode({ mode }: HeldLock): string {
  return mode
    .replace(/Lock$/u, '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/gu, ' ')
    .toUpperCase();
}
