import type { Notification } from 'pg';
import type { Notice } from '@shared/models/query-result';
import type { Session } from '../../../db/session/session';

/** A busy channel must not fill the memory of a tab that runs nothing: the first ones are kept. */
const maximumKept = 1_000;

/**
 * What comes on the channels that a session listens to. It comes by itself, between statements too, and
 * is told with the next one, as psql tells it (manual, "NOTIFY").
 */
export class Notifications {
  #kept: Notice[] = [];
  #dropped = 0;

  /** Takes what comes on a session from now on. */
  follow(session: Session): void {
    session.on('notification', this.#keep);
  }

  /** Forgets a session, and what of it was not told. */
  leave(session: Session): void {
    session.off('notification', this.#keep);
    this.take();
  }

  /** All that is still to be told, in order; it counts as told. */
  take(): Notice[] {
    const taken = this.#kept;
    if (this.#dropped > 0) {
      taken.push({ severity: 'INFO', message: `${this.#dropped} further notifications came.` });
    }
    this.#kept = [];
    this.#dropped = 0;
    return taken;
  }

  readonly #keep = ({ channel, payload = '', processId }: Notification): void => {
    if (this.#kept.length >= maximumKept) this.#dropped += 1;
    else {
      const message = `Channel "${channel}", from process ${processId}${payload === '' ? '' : `: ${payload}`}`;
      this.#kept.push({ severity: 'NOTIFY', message });
    }
  };
}
