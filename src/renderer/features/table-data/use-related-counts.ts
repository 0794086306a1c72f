import type { BoundedCount } from '@shared/models/table-data';
import { useEffect, useState } from 'react';
import { call, errorData } from '../../api/postern';
import type { RelatedRows } from './foreign-keys';

/** As far as rows are counted: beyond it the number itself tells nothing. */
const limit = 10_000;

/** How many rows each way leads to, in words by its label; one is counted after the other while they are offered. */
export function useRelatedCounts(
  connectionId: string,
  related: readonly RelatedRows[] | null,
): Readonly<Record<string, string>> {
  const [counts, setCounts] = useState<Readonly<Record<string, string>>>({});
  useEffect(() => {
    if (related === null) return undefined;
    let readId: string | null = null;
    let isOffered = true;
    const countAll = async (): Promise<void> => {
      setCounts(Object.fromEntries(related.map(({ label }) => [label, '…'])));
      for (const { label, selection } of related) {
        readId = crypto.randomUUID();
        const request = { connectionId, readId, selection, limit };
        const text = await call('table:count-up-to', request).then(countText, failureText);
        readId = null;
        if (!isOffered) return;
        setCounts((known) => ({ ...known, [label]: text }));
      }
    };
    void countAll();
    return () => {
      isOffered = false;
      // A count that could not be stopped ends by itself, at the latest with its deadline.
      if (readId !== null) call('table:cancel', { readId }).catch(() => undefined);
    };
  }, [connectionId, related]);
  return counts;
}

function countText({ rows, isCapped }: BoundedCount): string {
  if (rows === null) return 'many or slow';
  return `${rows.toLocaleString('en')}${isCapped ? '+' : ''}`;
}

function failureText(error: unknown): string {
  return errorData(error).kind === 'PermissionDenied' ? 'no access' : '?';
}
