import { useCallback, useEffect, useState } from 'react';

/** Milliseconds that a message stays. */
const messageTime = 4000;

/** A message in one line that goes by itself, and the function that says one. */
export function useTimedMessage(): readonly [string | null, (message: string) => void] {
  const [shown, setShown] = useState<{ readonly message: string } | null>(null);
  useEffect(() => {
    if (shown === null) return undefined;
    const timer = setTimeout(() => setShown(null), messageTime);
    return () => clearTimeout(timer);
  }, [shown]);
  const say = useCallback((message: string) => setShown({ message }), []);
  return [shown?.message ?? null, say];
}
