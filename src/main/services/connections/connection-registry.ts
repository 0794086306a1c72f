import { randomUUID } from 'node:crypto';
import type { Connection, ConnectionProfile, SecretName } from '@shared/models/connection-profile';
import type { ConnectionSettings } from '../../db/session/connection-settings';
import { cancelledError, DatabaseError } from '../../db/errors/database-error';
import { Pool } from '../../db/pool/pool';
import { ServerConnector } from '../../db/server/server-connector';
import { isServerStarting, withRetry } from '../../db/retry';
import type { HealthService } from '../health-service';
import { ResultStore } from '../query/results/result-store';
import { OpenConnection } from './open-connection';
import { RenewablePassword } from './renewable-password';

/** So often a server is asked that starts up: for three seconds at most. */
const startingAttempts = 6;

/** What a person sees of a connection, beside what its settings and the server say. */
export type ConnectionLabel = Pick<
  Connection,
  'profileId' | 'origin' | 'name' | 'color' | 'environment' | 'confirmEverything'
>;

export interface ConnectionRegistryOptions {
  readonly health: HealthService;
  /** Told of each change of the list. */
  readonly onChange?: (connections: Connection[]) => void;
  /** Told of a tab whose session ended with a transaction or settings of the tab. */
  readonly onTabLost?: (connectionId: string, tabId: string) => void;
  readonly results?: ResultStore;
}

/** The connections that are open, each with a pool of its own. */
export class ConnectionRegistry {
  readonly #open = new Map<string, OpenConnection>();
  readonly #passwords = new Map<string, RenewablePassword>();
  readonly #health: HealthService;
  readonly #onChange: (connections: Connection[]) => void;
  readonly #onTabLost: (connectionId: string, tabId: string) => void;
  readonly #results: ResultStore;

  constructor(options: ConnectionRegistryOptions) {
    this.#health = options.health;
    this.#onChange = options.onChange ?? (() => undefined);
    this.#onTabLost = options.onTabLost ?? (() => undefined);
    this.#results = options.results ?? new ResultStore();
  }

  /**
   * Connects to the first host that can be used, through the tunnel where there is one, and keeps the
   * pool. Raises DatabaseError, Cancelled once `signal` is aborted; nothing stays open then.
   */
  async open(
    given: ConnectionSettings,
    label: ConnectionLabel,
    signal?: AbortSignal,
  ): Promise<Connection> {
    const password = new RenewablePassword(given.password);
    const settings = { ...given, password: password.read };
    const connector = new ServerConnector(settings);
    const pool = new Pool({ settings, connector });
    // A statement under way would otherwise wait for a server that no longer answers.
    const cut = (): void => pool.cut();
    signal?.addEventListener('abort', cut, { once: true });
    const { tunnel } = settings;
    try {
      // Ahead of the pool, whose limits of time leave none for a question about the tunnel.
      await tunnel?.open(signal);
      // A server that starts up is worth a moment; whatever else is wrong, a person wants to know at once.
      await withRetry(() => pool.start({ holder: 'opening the connection', signal }), {
        attempts: startingAttempts,
        isTransient: isServerStarting,
        signal,
      });
      const client = await pool.acquire({ holder: 'opening the connection', signal });
      const tls = client.client.tlsVersion;
      const connectionId = randomUUID();
      const info: Connection = {
        ...label,
        connectionId,
        host: settings.host,
        port: settings.port,
        ...(tunnel !== undefined && { via: tunnel.name }),
        database: settings.database,
        user: settings.user,
        readOnly: settings.readOnly,
        serverVersion: connector.current?.version ?? '',
        tls,
      };
      const connection = new OpenConnection(info, settings, pool, this.#results, (tabId) =>
        this.#onTabLost(connectionId, tabId),
      );
      // The answer does not wait for it, but it goes ahead of whatever is run next.
      void connection.describer.preload(client).finally(() => client.release());
      if (signal?.aborted === true) throw cancelledError();
      this.#open.set(connectionId, connection);
      this.#passwords.set(connectionId, password);
      connector.on('changed', () => {
        if (this.#open.has(connectionId)) this.#onChange(this.list());
      });
      this.#health.watch(connection);
      this.#onChange(this.list());
      return connection.info;
    } catch (error) {
      await pool.close();
      tunnel?.close();
      throw signal?.aborted === true ? cancelledError() : error;
    } finally {
      signal?.removeEventListener('abort', cut);
    }
  }

  /** Raises DatabaseError of kind NotFound when the connection was closed. */
  get(connectionId: string): OpenConnection {
    const connection = this.find(connectionId);
    if (connection !== undefined) return connection;
    throw new DatabaseError({
      kind: 'NotFound',
      message: 'This connection is closed.',
      advice: 'Open it again from the list of connections.',
    });
  }

  /**
   * Has new sessions log in by another password, or the tunnel by another secret, from now on. Raises
   * NotFound.
   */
  renewSecret(connectionId: string, name: SecretName, secret: string): void {
    const { tunnel } = this.get(connectionId).settings;
    if (name === 'sshSecret') tunnel?.renewSecret(secret);
    else this.#passwords.get(connectionId)?.renew(secret);
  }

  /**
   * Takes over what a person sees of a saved profile, in the connections that it is open in: the name
   * and the warnings hold at once. Where it leads to stays as it was opened.
   */
  relabel({ id, name, color, environment, confirmEverything = false }: ConnectionProfile): void {
    const opened = this.all().filter(({ info }) => info.profileId === id);
    for (const connection of opened) {
      connection.relabel({ name, color, environment, confirmEverything });
    }
    if (opened.length > 0) this.#onChange(this.list());
  }

  find(connectionId: string): OpenConnection | undefined {
    return this.#open.get(connectionId);
  }

  all(): readonly OpenConnection[] {
    return [...this.#open.values()];
  }

  list(): Connection[] {
    return this.all().map((connection) => connection.info);
  }

  /** Closing what is closed already is no error. */
  async close(connectionId: string): Promise<void> {
    const connection = this.#open.get(connectionId);
    if (connection === undefined) return;
    this.#open.delete(connectionId);
    this.#passwords.delete(connectionId);
    this.#onChange(this.list());
    await Promise.all([connection.close(), this.#health.unwatch(connectionId)]);
    connection.settings.tunnel?.close();
  }

  async closeAll(): Promise<void> {
    await Promise.allSettled(
      [...this.#open.keys()].map((connectionId) => this.close(connectionId)),
    );
  }
}
