import { useEffect, useState } from 'react';
import { errorData } from '../../../api/postern';
import type { Loadable } from '../loadable';

/** What `ask` answers, asked again when it is another function. */
export function useAnswer<T>(ask: () => Promise<T>): Loadable<T> {
  const [state, setState] = useState<{ ask: () => Promise<T>; answer: Loadable<T> } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const put = (answer: Loadable<T>): void => {
      if (isCurrent) setState({ ask, answer });
    };
    ask()
      .then((value) => put({ status: 'ready', value }))
      .catch((error: unknown) => put({ status: 'failed', error: errorData(error) }));
    return () => {
      isCurrent = false;
    };
  }, [ask]);
  return state?.ask === ask ? state.answer : { status: 'loading' };
}
