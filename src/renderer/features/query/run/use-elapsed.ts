import { useEffect, useState } from 'react';

/** Milliseconds after which a run counts as one to wait for: shorter ones show no change at all. */
const patience = 300;
/** Milliseconds between two renewals of a time that is shown. */
const step = 100;

/** Whether something that began at `startedAt` (performance.now()) takes longer than 300 ms; null: nothing began. */
export function useIsLong(startedAt: number | null): boolean {
  const [longSince, setLongSince] = useState<number | null>(null);
  useEffect(() => {
    if (startedAt === null) return undefined;
    const left = patience - (performance.now() - startedAt);
    const timer = setTimeout(() => setLongSince(startedAt), left);
    return () => clearTimeout(timer);
  }, [startedAt]);
  return startedAt !== null && longSince === startedAt;
}

/** Milliseconds since `startedAt` (performance.now()), renewed ten times a second. */
export function useElapsed(startedAt: number): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), step);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, now - startedAt);
}
