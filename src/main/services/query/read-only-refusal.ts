import type { Connection } from '@shared/models/connection-profile';
import { DatabaseError } from '../../db/errors';
import type { PlannedStatement } from './run-plan';
import type { TabSession } from './tab-session';

/**
 * Refuses a run that would write where nothing may be written, before anything of it is sent. Raises
 * DatabaseError of kind ReadOnly.
 */
export function refuseWritesIfReadOnly(
  info: Connection,
  session: TabSession,
  planned: readonly PlannedStatement[],
): void {
  if (!session.isReadOnly) return;
  const refused = planned.find(
    ({ analysis }) =>
      analysis.writes ||
      analysis.changesStructure ||
      analysis.changesRights ||
      analysis.leavesReadOnly ||
      analysis.touchesServer,
  );
  if (refused === undefined) return;
  const position = refused.range.from;
  throw new DatabaseError(
    info.readOnly
      ? {
          kind: 'ReadOnly',
          message: `The connection "${info.name}" is read-only: nothing was sent.`,
          advice: 'Use a connection that may write, or take "read-only" off this one.',
          position,
        }
      : {
          kind: 'ReadOnly',
          message: 'This tab is read-only: nothing was sent.',
          advice: 'Switch "Read-only" off in the bar above the editor, or use another tab.',
          position,
        },
  );
}
