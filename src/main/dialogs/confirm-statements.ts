import { BrowserWindow, dialog, webContents } from 'electron';
import type { EnvironmentLabel } from '@shared/models/connection-profile';
import type { Confirm, ConfirmationRequest } from '../services/query/confirmation';

const cancel = 0;
const run = 1;
/** A dialog must fit on a small screen. */
const maximumReasons = 8;
const maximumStatementLength = 300;

/**
 * Asks in a native dialog of the window that sent the statements. Cancel is the default button and
 * what Escape and closing the dialog mean.
 */
export function confirmIn(webContentsId: number): Confirm {
  return async (request) => {
    const contents = webContents.fromId(webContentsId);
    const window = contents === undefined ? null : BrowserWindow.fromWebContents(contents);
    // Without its window nobody can answer: that is a no.
    if (window === null) return false;
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      title: 'Postern: confirmation',
      ...describeConfirmation(request),
      buttons: ['Cancel', 'Run'],
      defaultId: cancel,
      cancelId: cancel,
      noLink: true,
    });
    return response === run;
  };
}

/** The words of the dialog: what would happen, and where. */
export function describeConfirmation(request: ConfirmationRequest): {
  message: string;
  detail: string;
} {
  const { connection, statements, total } = request;
  const reasons = statements.flatMap(({ risks }) =>
    risks.filter((risk) => risk.level === 'confirm').map((risk) => risk.reason),
  );
  const where = `${environmentNames[connection.environment]} "${connection.name}" (${connection.user}@${connection.host}, database ${connection.database})`;
  const shown = reasons.slice(0, maximumReasons);
  const [first] = statements;
  const detail = [
    ...(shown.length === 1 ? [] : shown.map((reason) => `• ${reason}`)),
    ...(reasons.length > shown.length ? [`… and ${reasons.length - shown.length} more.`] : []),
    ...(statements.length === 1 && first !== undefined ? ['', shorten(first.text)] : []),
    '',
    `On ${where}.`,
    ...(total > statements.length
      ? [`${statements.length} of the ${total} statements need this confirmation.`]
      : []),
    'Nothing has been sent yet.',
  ];
  return {
    message:
      shown.length === 1
        ? (shown[0] ?? '')
        : `Run ${statements.length === 1 ? 'a statement' : `${statements.length} statements`} that can destroy data?`,
    detail: detail.join('\n').trim(),
  };
}

const environmentNames: Readonly<Record<EnvironmentLabel, string>> = {
  local: 'local',
  development: 'development',
  staging: 'staging',
  production: 'PRODUCTION',
};

function shorten(statement: string): string {
  return statement.length <= maximumStatementLength
    ? statement
    : `${statement.slice(0, maximumStatementLength)} …`;
}
