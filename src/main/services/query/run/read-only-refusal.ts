import type { Connection } from '@shared/models/connection-profile';
import { DatabaseError } from '../../../db/errors/database-error';
import type { PlannedStatement } from './run-plan';
import type { TabSession } from '../session/tab-session';

/**
 * Refuses a run that would write where nothing may be written, before anything of it is sent. Raises
 * DatabaseError of kind ReadOnly.
 */
export function refuseWritesIfReadOnly(
  info: Connection,
  session: TabSession,
  planned: readonly PlannedStatement[],
): void {
  const isStandby = info.isStandby === true;
  if (!session.isReadOnly && !isStandby) return;
  const refused = planned.find(
    ({ analysis }) =>
      analysis.writes ||
      analysis.changesStructure ||
      analysis.changesRights ||
      // What else a session may do, a standby decides itself.
      (session.isReadOnly && (analysis.leavesReadOnly || analysis.touchesServer)),
  );
  if (refused === undefined) return;
  throw new DatabaseError({
    kind: 'ReadOnly',
    ...reasonOf(info, session),
    position: refused.range.from,
  });
}

function reasonOf(
  { name, readOnly }: Connection,
  session: TabSession,
): { readonly message: string; readonly advice: string } {
  if (readOnly) {
    return {
      message: `The connection "${name}" is read-only: nothing was sent.`,
      advice: 'Use a connection that may write, or take "read-only" off this one.',
    };
  }
  if (session.isReadOnly) {
    return {
      message: 'This tab is read-only: nothing was sent.',
      advice: 'Switch "Read-only" off in the bar above the editor, or use another tab.',
    };
  }
  return {
    message: `The server of "${name}" is a standby, which only reads: nothing was sent.`,
    advice:
      'Run it on the primary. A connection that names several hosts finds it by "Connect to: a server that takes writes".',
  };
}
