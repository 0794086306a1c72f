import { timeoutText } from '@shared/formats/timeout-text';
import type { DatabaseErrorData } from '@shared/models/database-error';
import type { TabOptions } from '@shared/models/tab-options';
import type { ConnectionSettings } from '../../../db/session/connection-settings';
import { DatabaseError } from '../../../db/errors/database-error';

/** SQLSTATE query_canceled, which a person's cancel has too: the kind tells them apart. */
const queryCanceled = '57014';

/** How a person had a session end: by the server, or by cutting the link to it. */
export type SessionEnd = keyof typeof endings;

interface SessionFacts {
  readonly endedBy: SessionEnd | null;
  readonly options: TabOptions;
  readonly settings: Pick<ConnectionSettings, 'statementTimeoutMs'>;
  /** Whether the session has settings of its own: a SET may have been the last word. */
  readonly isStateChanged: boolean;
  /** Whether the statement may have committed by itself: CALL, DO, CREATE INDEX CONCURRENTLY, VACUUM. */
  readonly mayCommit: boolean;
  /** Whether the open transaction of the person's takes nothing but a ROLLBACK any more. */
  readonly isTransactionFailed: boolean;
}

const failsTransaction =
  'The statement was stopped, and the open transaction has failed with it: nothing that it changed can be committed. Roll it back, to a savepoint if it has one, then run again what is to be kept.';
const stays = 'What it had committed by then stays: look before you run it again.';

/**
 * Says of a statement whose session a person had ended that it was so, and of one that ran into a
 * timeout which one it was and where to change it. Any other error stays as it is.
 */
export function inWordsOfSession(error: DatabaseError, facts: SessionFacts): DatabaseError {
  const { endedBy, options, settings, isStateChanged, mayCommit, isTransactionFailed } = facts;
  if (endedBy !== null && error.kind === 'ConnectionLost') {
    const ending = endings[endedBy](mayCommit);
    return new DatabaseError({ ...error.data, ...ending }, { cause: error });
  }
  if (error.data.sqlState !== queryCanceled) return error;
  const fate = isTransactionFailed
    ? failsTransaction
    : mayCommit
      ? `The statement was stopped. ${stays}`
      : 'The statement was stopped and its changes were undone.';
  const advice =
    error.kind === 'Timeout'
      ? `${source(options, settings.statementTimeoutMs, isStateChanged)} ${fate} Reading its rows counts.`
      : fate;
  return new DatabaseError({ ...error.data, advice }, { cause: error });
}

const endings = {
  server: (mayCommit: boolean) => ({
    kind: 'Cancelled',
    message: 'The session was ended, because the statement did not stop.',
    advice: `${mayCommit ? stays : 'Its changes were undone.'} The next statement runs in a new session.`,
  }),
  link: () => ({
    kind: 'ConnectionLost',
    message: 'The link to the session was dropped, because the statement did not stop.',
    advice:
      'Whether the statement takes effect is not known: the server may still be working on it. Look in pg_stat_activity before you run it again.',
  }),
} as const satisfies Record<string, (mayCommit: boolean) => Partial<DatabaseErrorData>>;

function source(
  { statementTimeoutMs }: TabOptions,
  connectionMs: number,
  isStateChanged: boolean,
): string {
  const choose = 'Choose another under "Timeout" in the bar above the editor';
  if (statementTimeoutMs !== undefined && statementTimeoutMs > 0) {
    return `It is the timeout of this tab: ${timeoutText(statementTimeoutMs)}. ${choose}.`;
  }
  if (isStateChanged) {
    return `It is a statement_timeout of this session, of its connection or of the server. ${choose}.`;
  }
  return connectionMs > 0
    ? `It is the timeout of the connection: ${timeoutText(connectionMs)}. ${choose}, or change it in the settings of the connection.`
    : `It is the statement_timeout of the server, of this database or of this role. ${choose}.`;
}
