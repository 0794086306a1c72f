import { useState } from 'react';

/**
 * A handler for the end of a Radix dialog: it gives the focus back to what had it when the dialog opened. By
 * itself the dialog would give it to a button that opens it, and to nothing where there is none.
 */
export function useFocusBack(): (event: Event) => void {
  const [before] = useState(() => document.activeElement);
  return (event) => {
    event.preventDefault();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
}
