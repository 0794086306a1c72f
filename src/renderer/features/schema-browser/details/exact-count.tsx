import { useEffect, useRef, useState } from 'react';
import { call, errorData } from '../../../api/postern';
import { attempt } from '../../../components/attempt';
import { Button } from '../../../components/button';
import { groupDigits } from '../../../components/group-digits';
import { printable } from '../../../components/printable';
import { Spinner } from '../../../components/spinner';
import styles from './details.module.css';

interface ExactCountProps {
  readonly connectionId: string;
  readonly schema: string;
  readonly name: string;
}

type Count =
  | { readonly status: 'idle' }
  | { readonly status: 'counting'; readonly readId: string }
  | { readonly status: 'counted'; readonly rows: string }
  | { readonly status: 'failed'; readonly message: string };

/** Counts the rows of a relation when it is asked to, which may take long and can be stopped. */
export function ExactCount({ connectionId, schema, name }: ExactCountProps) {
  const [count, setCount] = useState<Count>({ status: 'idle' });
  const running = useRef<string | null>(null);
  useEffect(
    () => () => {
      if (running.current !== null) stop(running.current);
    },
    [],
  );

  const start = async (): Promise<void> => {
    const readId = crypto.randomUUID();
    running.current = readId;
    setCount({ status: 'counting', readId });
    try {
      const selection = { relation: { schema, name }, filters: [], where: '', sort: [] };
      const { rows } = await call('table:count-rows', { connectionId, readId, selection });
      setCount({ status: 'counted', rows });
    } catch (error) {
      const { kind, message } = errorData(error);
      setCount(kind === 'Cancelled' ? { status: 'idle' } : { status: 'failed', message });
    } finally {
      running.current = null;
    }
  };

  if (count.status === 'counted') return <span>{groupDigits(count.rows)} counted</span>;
  if (count.status === 'counting') {
    return (
      <>
        <Spinner />
        <Button size="small" onClick={() => stop(count.readId)}>
          Stop
        </Button>
      </>
    );
  }
  return (
    <>
      {count.status === 'failed' && (
        <span className={styles['failed']}>{printable(count.message)}</span>
      )}
      <Button size="small" onClick={() => void start()}>
        Count exactly
      </Button>
    </>
  );
}

/** A count that is over already is no error. */
function stop(readId: string): void {
  void attempt(() => call('table:cancel', { readId }));
}
