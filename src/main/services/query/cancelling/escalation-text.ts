import type { EndQuestion } from './escalation';
import { dialogText } from '../../dialog-text';

/** What a native dialog says about a statement that does not stop. */
export interface EndQuestionText {
  readonly message: string;
  readonly detail: string;
  /** The button that does it. */
  readonly confirmLabel: string;
}

/** Puts into words what ending a session would mean. */
export function describeEndQuestion(question: EndQuestion): EndQuestionText {
  const { step, reason, processId, losses, connection } = question;
  const place = `Session ${processId} on "${dialogText(connection.name)}"`;
  if (step === 'end-session') {
    return {
      message: 'The server has not stopped the statement. End the session?',
      detail: paragraphs(
        reason ?? `${place} was asked to cancel and runs on.`,
        `The server would be told to end the session (pg_terminate_backend). What the statement has not committed is then undone${losses.length === 0 ? '' : `, and lost with the session: ${losses.join(', ')}`}.`,
        'The tab goes on in a new session.',
      ),
      confirmLabel: 'End the session',
    };
  }
  return {
    message: 'The session could not be ended. Drop the link to it?',
    detail: paragraphs(
      reason,
      `${place} would be left to itself: the server may work on, and keep its locks, until it notices. Whether the statement takes effect cannot be told from here; pg_stat_activity shows the session as long as it is there.`,
      losses.length === 0 ? null : `Lost to this tab: ${losses.join(', ')}.`,
    ),
    confirmLabel: 'Drop the link',
  };
}

const paragraphs = (...texts: readonly (string | null)[]): string =>
  texts.filter((text) => text !== null).join('\n\n');
