import type { DbHealth } from '@shared/models/health';
import { useEffect, useState } from 'react';
import { call, errorData } from '../../api/postern';

/** Milliseconds between the end of a check and the next. */
const checkIntervalMs = 5000;

/** How the connection does; null before the first answer. */
export type Health =
  | { readonly status: 'known'; readonly health: DbHealth }
  | { readonly status: 'failed'; readonly message: string }
  | null;

/** Checks a connection's health every few seconds while the window is visible. */
export function useHealth(connectionId: string): Health {
  const [state, setState] = useState<{ connectionId: string; health: Health } | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isCurrent = true;
    let isChecking = false;

    const put = (health: Health): void => {
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
      if (isCurrent) timer = setTimeout(() => void check(), checkIntervalMs);
    };
    const checkWhenShown = (): void => void check();

    void check();
    document.addEventListener('visibilitychange', checkWhenShown);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', checkWhenShown);
    };
  }, [connectionId]);

  return state?.connectionId === connectionId ? state.health : null;
}
