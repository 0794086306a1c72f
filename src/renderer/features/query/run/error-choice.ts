import { create } from 'zustand';

const storageKey = 'postern.script-errors';

interface ErrorChoice {
  readonly onError: 'stop' | 'continue';
}

/** What a failed statement does to those behind it in a script. Kept for the next start. */
export const useErrorChoice = create<ErrorChoice>(() => ({
  // Without a page (a unit test) there is no storage on every runtime.
  onError:
    typeof localStorage !== 'undefined' && localStorage.getItem(storageKey) === 'continue'
      ? 'continue'
      : 'stop',
}));

/** Chooses what an error does to the statements behind it. */
export function chooseOnError(onError: ErrorChoice['onError']): void {
  localStorage.setItem(storageKey, onError);
  useErrorChoice.setState({ onError });
}
