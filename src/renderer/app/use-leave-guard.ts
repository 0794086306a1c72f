import { useEffect } from 'react';
import { call } from '../api/postern';
import { printable } from '../components/printable';
import { useConnections } from '../features/connections/connections-store';
import { runningExports } from '../features/export/export-store';
import { hasUnsavedTabs } from '../features/query/tabs/workspace-state';
import { useApp } from './app-store';
import { currentActivity, lossOnClosing } from './connection-activity';

/** Whether the person has said that the window may close whatever is lost. */
let mayLeave = false;

/** What closing the window would lose, in words; null when nothing. */
export function lossOnLeaving(): string | null {
  const losses = useConnections.getState().connections.flatMap((connection) => {
    const loss = lossOnClosing(currentActivity(connection));
    return loss === null ? [] : [`${printable(connection.name)}: ${loss}`];
  });
  const writing = runningExports();
  if (writing > 0) {
    losses.push(
      writing === 1 ? 'An export is not finished.' : `${writing} exports are not finished.`,
    );
  }
  if (hasUnsavedTabs()) {
    losses.push('The newest texts of tabs could not be saved.');
  }
  if (useApp.getState().isFormDirty) {
    losses.push('What was typed in the form of the connection is not saved.');
  }
  return losses.length === 0 ? null : losses.join('\n');
}

/** Goes on with closing the window or quitting the app, whatever is lost. */
export function leave(): void {
  mayLeave = true;
  // Without an answer of main the window can still close itself.
  call('app:leave').catch(() => window.close());
}

/** Keeps the window open while closing it would lose something, and asks. */
export function useLeaveGuard(): void {
  useEffect(() => {
    const guard = (event: BeforeUnloadEvent): void => {
      if (mayLeave || lossOnLeaving() === null) return;
      event.preventDefault();
      // Chromium before 119 keeps the page for a return value only.
      event.returnValue = '';
      // It asks for more than closing one connection would: one question is enough.
      useApp.setState({ asksToLeave: true, closeRequest: null });
    };
    window.addEventListener('beforeunload', guard);
    return () => window.removeEventListener('beforeunload', guard);
  }, []);
}
