import type { SecretName } from '@shared/models/connection-profile';
import { useEffect, useState } from 'react';
import { call, errorData } from '../../api/postern';
import { showToast } from '../../components/toast-store';

/** A secret that a person typed because the one of before is refused. */
interface NewSecret {
  readonly name: SecretName;
  readonly secret: string;
}

/** Tries a lost connection now, without waiting for its turn, by another secret where one is given. */
export function useReconnect(connectionId: string): {
  readonly isTrying: boolean;
  readonly reconnect: (renewed?: NewSecret) => void;
} {
  const [isTrying, setTrying] = useState(false);
  const reconnect = async (renewed?: NewSecret): Promise<void> => {
    setTrying(true);
    try {
      // Its result comes as an event of main's, also to everyone else who shows it.
      if (renewed === undefined) await call('connection:check-health', { connectionId });
      else await call('connection:renew-secret', { connectionId, ...renewed });
    } catch (error) {
      showToast({ tone: 'danger', message: errorData(error).message });
    }
    setTrying(false);
  };
  return { isTrying, reconnect: (renewed) => void reconnect(renewed) };
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
