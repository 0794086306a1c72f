import { dialog } from 'electron';
import { DatabaseError } from '../db/errors/database-error';

/** Says why the app cannot start, in a native dialog and on standard error. Blocks until it is read. */
export function tellStartupFailure(error: unknown): void {
  const text =
    error instanceof DatabaseError
      ? [error.message, error.data.advice].filter(Boolean).join('\n')
      : `Something in the app failed that should not (${error instanceof Error ? error.name : typeof error}).`;
  process.stderr.write(`Postern cannot start: ${text}\n`);
  dialog.showErrorBox('Postern cannot start', text);
}
