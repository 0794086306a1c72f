import type { Notice } from '@shared/models/query-result';
import { DatabaseError } from '../../../db/errors/database-error';

/** What became of a tab's session, until a statement tells a person of it. */
export class SessionNews {
  #loss: string | null = null;
  #messages: string[] = [];

  /** Notes a sentence for the next statement. */
  add(message: string): void {
    this.#messages.push(message);
  }

  /** Notes that the statement before was undone, whose rows had been shown; a loss tells of it already. */
  undo(error: DatabaseError): void {
    if (this.#loss === null) this.add(undoneMessage(error));
  }

  /** Notes that the session is gone, and what with it. */
  lose(what: readonly string[]): void {
    this.#loss = `The session of this tab was lost: ${what.join(', and ')}.`;
  }

  /**
   * Keeps a statement from another session than those before it: outside of their transaction it would
   * count at once. Raises DatabaseError of kind ConnectionLost after a loss that was not told yet.
   */
  refuseAfterLoss(): void {
    const message = this.#loss;
    if (message === null) return;
    this.#loss = null;
    throw new DatabaseError({
      kind: 'ConnectionLost',
      message,
      advice:
        'The statement was not sent, nor was anything behind it. Run the script again from where it has to begin.',
    });
  }

  /** All that is still to be told; it counts as told. */
  take(): Notice[] {
    const messages = [...(this.#loss === null ? [] : [this.#loss]), ...this.#messages];
    this.#loss = null;
    this.#messages = [];
    return messages.map((message) => ({ severity: 'WARNING', message }));
  }
}

/** What became of a statement that failed when the rest of its rows was given up. */
export function undoneMessage({ kind, message, data }: DatabaseError): string {
  if (kind === 'Cancelled' || kind === 'Timeout') {
    return `The statement before was undone: ${message}. ${data.advice ?? ''}`.trimEnd();
  }
  return kind === 'ConnectionLost'
    ? `Whether the statement before took effect is not known: ${message}`
    : `The statement before was undone: ${message}`;
}

export const stateIsNotKept =
  'The pooler runs in transaction mode: what this statement set, prepared or made for the session is not there for the statements after it, unless they run in the same transaction.';
