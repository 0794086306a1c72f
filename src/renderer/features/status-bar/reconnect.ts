import { useEffect, useState } from 'react';
import { call, errorData } from '../../api/postern';
import { showToast } from '../../components/toast-store';

/** Tries a lost connection now, without waiting for its turn, by another password where one is given. */
export function useReconnect(connectionId: string): {
  readonly isTrying: boolean;
  readonly reconnect: (password?: string) => void;
} {
  const [isTrying, setTrying] = useState(false);
  const reconnect = async (password?: string): Promise<void> => {
    setTrying(true);
    try {
      // Its result comes as an event of main's, also to everyone else who shows it.
      if (password === undefined) await call('connection:check-health', { connectionId });
      else await call('connection:renew-password', { connectionId, password });
    } catch (error) {
      showToast({ tone: 'danger', message: errorData(error).message });
    }
    setTrying(false);
  };
  return { isTrying, reconnect: (password) => void reconnect(password) };
}

/** The seconds until a moment, counted down; null without one. */
export function useCountdown(moment: string | undefined): number | null {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (moment === undefined) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [moment]);
  return moment === undefined
    ? null
    : Math.max(0, Math.ceil((new Date(moment).getTime() - now) / 1000));
}

/** When a lost connection is tried again, in words. `hasPlan`: whether main tries by itself. */
export function retryText(seconds: number | null): string {
  if (seconds === null) return 'It is not tried again by itself.';
  return seconds === 0 ? 'Trying again now.' : `Trying again in ${seconds} s.`;
}
