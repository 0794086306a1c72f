import { afterAll, afterEach, beforeAll } from 'vitest';
import { connectClient } from '../../../src/main/db/session/client';
import type { Session } from '../../../src/main/db/session/session';
import type { ConnectionSettings } from '../../../src/main/db/session/connection-settings';
import type { SshAuthentication } from '../../../src/main/db/ssh/ssh-settings';
import type { Tunnel } from '../../../src/main/db/session/tunnel';
import { createDatabase, type TestDatabase } from '../database';
import { tunnelThrough, type TunnelParts } from './ssh-fixture';
import {
  makeKeyPair,
  startSshServer,
  type KeyType,
  type SshServer,
  type SshServerOptions,
} from './ssh-server';

const noPassphrase = (): Promise<never> => Promise.reject(new Error('No passphrase is asked for.'));

/** A database and a real sshd for one test file, with tunnels that end with each test. */
export class SshBench {
  #database: TestDatabase | null = null;
  #server: SshServer | null = null;
  readonly #closers: (() => unknown)[] = [];

  constructor(options: SshServerOptions = {}) {
    beforeAll(async () => {
      [this.#database, this.#server] = await Promise.all([
        createDatabase(),
        startSshServer(options),
      ]);
    });
    afterEach(async () => {
      for (const close of this.#closers.splice(0).reverse()) await close();
    });
    afterAll(async () => {
      await this.#server?.stop();
      await this.#database?.drop();
    });
  }

  get server(): SshServer {
    if (this.#server === null) throw new Error('The server starts with the tests.');
    return this.#server;
  }

  get database(): TestDatabase {
    if (this.#database === null) throw new Error('The database is made with the tests.');
    return this.#database;
  }

  /** Has something ended after the test. */
  afterTest(close: () => unknown): void {
    this.#closers.push(close);
  }

  /** A key file that may log in. */
  authorizedKey(type: KeyType = 'ed25519', passphrase?: string): SshAuthentication {
    const key = makeKeyPair(type, passphrase);
    this.server.authorize(key.public);
    return {
      method: 'key',
      path: this.server.file(`id_${type}`, key.private),
      passphrase: passphrase === undefined ? noPassphrase : () => Promise.resolve(passphrase),
    };
  }

  /** A tunnel that logs in with a key, unless the parts say otherwise. */
  tunnel(parts: Partial<TunnelParts> = {}): Tunnel {
    const authentication = parts.authentication ?? this.authorizedKey();
    const tunnel = tunnelThrough(this.server, { ...parts, authentication });
    this.afterTest(() => tunnel.close());
    return tunnel;
  }

  /** A session of the database through a tunnel. */
  async connect(tunnel: Tunnel, changes: Partial<ConnectionSettings> = {}): Promise<Session> {
    const settings = { ...this.database.settings, ...changes, tunnel };
    const session = await connectClient(settings, { timeoutMs: 5_000 });
    this.afterTest(() => session.destroy());
    return session;
  }

  /** Where the database is that a session through the tunnel reaches. */
  async databaseBehind(tunnel: Tunnel, changes: Partial<ConnectionSettings> = {}): Promise<string> {
    const session = await this.connect(tunnel, changes);
    const { rows } = await session.query<{ name: string }>('SELECT current_database() AS name');
    return rows[0]?.name ?? '';
  }
}
