import { CircleStop, SkipForward } from 'lucide-react';
import { useEffect } from 'react';
import { create } from 'zustand';
import { IconButton } from '../../../components/icon-button';

const storageKey = 'postern.script-errors';

interface ErrorChoice {
  readonly onError: 'stop' | 'continue';
}

/** What a failed statement does to those behind it in a script. Kept for the next start. */
export const useErrorChoice = create<ErrorChoice>(() => ({ onError: 'stop' }));

/** Whether a script stops at its first error or goes on: a press changes it. */
export function ErrorChoiceToggle() {
  const { onError } = useErrorChoice();
  useEffect(() => {
    if (localStorage.getItem(storageKey) === 'continue') {
      useErrorChoice.setState({ onError: 'continue' });
    }
  }, []);
  const stops = onError === 'stop';
  const toggle = (): void => {
    const next = stops ? 'continue' : 'stop';
    localStorage.setItem(storageKey, next);
    useErrorChoice.setState({ onError: next });
  };
  return (
    <IconButton
      label={stops ? 'Scripts stop at the first error' : 'Scripts go on after an error'}
      icon={stops ? <CircleStop /> : <SkipForward />}
      aria-pressed={!stops}
      onClick={toggle}
    />
  );
}
