import type { DbHealth } from '@shared/models/health';
import { useEffect, useState } from 'react';
import { call, errorData, listen } from '../../api/postern';

/** Milliseconds between the end of a check and the next, while the server answers. */
const checkIntervalMs = 5000;

/** How the connection does; null before the first answer. */
export type Health =
  | { readonly status: 'known'; readonly health: DbHealth }
  | { readonly status: 'failed'; readonly message: string }
  | null;

/**
 * Follows a connection's health: main tells each change of it and of the pool by itself, and while the
 * server answers it is asked every few seconds for the round trip. One that is lost is main's to try again.
 */
export function useHealth(connectionId: string): Health {
  const [state, setState] = useState<{ connectionId: string; health: Health } | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isCurrent = true;
    let isChecking = false;
    let isLost = false;

    const put = (health: Health): void => {
      isLost = health?.status === 'known' && health.health.state === 'lost';
      if (isCurrent) setState({ connectionId, health });
    };
    const check = async (): Promise<void> => {
      clearTimeout(timer);
      if (document.hidden || isChecking) return;
      isChecking = true;
      try {
        put({ status: 'known', health: await call('connection:check-health', { connectionId }) });
      } catch (error) {
        put({ status: 'failed', message: errorData(error).message });
      }
      isChecking = false;
      if (isCurrent && !isLost) timer = setTimeout(() => void check(), checkIntervalMs);
    };
    const checkWhenShown = (): void => void check();
    const stop = listen('connection:health', (health) => {
      if (health.connectionId !== connectionId) return;
      const wasLost = isLost;
      put({ status: 'known', health });
      if (wasLost && !isLost) void check();
    });

    const stopPool = listen('connection:pool', ({ connectionId: changed, pool }) => {
      if (changed !== connectionId) return;
      setState((current) =>
        current?.connectionId === connectionId && current.health?.status === 'known'
          ? {
              connectionId,
              health: { status: 'known', health: { ...current.health.health, pool } },
            }
          : current,
      );
    });

    void check();
    document.addEventListener('visibilitychange', checkWhenShown);
    return () => {
      isCurrent = false;
      stop();
      stopPool();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', checkWhenShown);
    };
  }, [connectionId]);

  return state?.connectionId === connectionId ? state.health : null;
}
