import type { ConnectionSettings } from '../../db/session/connection-settings';

type Password = ConnectionSettings['password'];

/**
 * The password of an open connection: from where it came at first, until a person enters another one
 * because the server refuses that. It is kept in memory, as long as the connection is open.
 */
export class RenewablePassword {
  #renewed: string | null = null;
  /** What each new session reads. */
  readonly read: Password;

  constructor(original: Password) {
    this.read = (address) =>
      this.#renewed === null ? original(address) : Promise.resolve(this.#renewed);
  }

  renew(password: string): void {
    this.#renewed = password;
  }
}
