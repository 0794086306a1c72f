import type { DatabaseErrorData } from '@shared/models/database-error';
import type { ObjectRef, SearchAnswer, SearchHit } from '@shared/models/search';
import { useEffect, useState } from 'react';
import { call, errorData } from '../../api/postern';
import type { QueryText } from './query-text';

/** What main found for the newest text, or for the one before it while main still looks. */
export interface SearchState {
  readonly hits: readonly SearchHit[];
  /** How many objects fit altogether. */
  readonly total: number;
  readonly isLoading: boolean;
  readonly error: DatabaseErrorData | null;
}

interface Answer extends Omit<SearchState, 'isLoading'> {
  /** What it answers. */
  readonly question: string;
}

const nothing: SearchState = { hits: [], total: 0, isLoading: false, error: null };

/**
 * The objects of a connection's database that fit what was typed. An answer to an older text is not
 * taken; after a failure the next text is asked for again.
 */
export function useSearch(
  connectionId: string | null,
  { scope, text }: QueryText,
  recent: readonly ObjectRef[],
): SearchState {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const question = JSON.stringify([scope, text]);
  const isLocal = scope === 'command' || scope === 'saved-query';
  const group = scope === 'all' || isLocal ? null : scope;
  const isAsked = connectionId !== null && !isLocal;

  useEffect(() => {
    if (connectionId === null || !isAsked) return;
    let isCurrent = true;
    const take = ({ hits, total, isSuperseded }: SearchAnswer): void => {
      if (isCurrent && !isSuperseded) setAnswer({ question, hits, total, error: null });
    };
    call('search:query', { connectionId, text, group, recent: [...recent] })
      .then(take)
      .catch((error: unknown) => {
        if (isCurrent) setAnswer({ ...nothing, question, error: errorData(error) });
      });
    return () => {
      isCurrent = false;
    };
  }, [connectionId, isAsked, question, group, text, recent]);

  if (!isAsked) return nothing;
  if (answer === null) return { ...nothing, isLoading: true };
  return { ...answer, isLoading: answer.question !== question };
}
