import { useEffect, useState } from 'react';

/** Milliseconds after which a run counts as one to wait for: shorter ones show no change at all. */
const patience = 300;
const step = 100;

/** Milliseconds since `startedAt` (performance.now()), renewed ten times a second; null before 300 ms. */
export function useElapsed(startedAt: number | null): number | null {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (startedAt === null) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    const tick = (): void => {
      const passed = performance.now() - startedAt;
      if (passed >= patience) setNow(performance.now());
      timer = setTimeout(tick, passed < patience ? patience - passed : step);
    };
    tick();
    return () => clearTimeout(timer);
  }, [startedAt]);
  return startedAt === null || now < startedAt + patience ? null : now - startedAt;
}
