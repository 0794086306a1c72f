import { EventEmitter } from 'node:events';
import type { HostAddress } from '@shared/models/connection-profile';
import { connectClient, type ConnectOptions } from '../session/client';
import type { Session } from '../session/session';
import type { ConnectionSettings } from '../session/connection-settings';
import { toDatabaseError } from '../errors/database-error';
import {
  hostsOf,
  isMismatch,
  isSameHost,
  mayTryNextHost,
  mismatchError,
  mismatchOf,
  noHostError,
  type HostFailure,
} from './hosts';
import { findPoolMode, isPooled, type PoolMode } from './pooler';
import { readServerRole, type ServerRole } from './server-role';
import { applySessionSettings } from '../session/session-settings';

/** The server that a connection uses at the moment. */
export interface CurrentServer {
  readonly address: HostAddress;
  readonly version: string;
  readonly isStandby: boolean;
  /** Its sessions start read-only: on a standby, or by default_transaction_read_only. */
  readonly isReadOnly: boolean;
  /** Of the pooler before the server; null without one. */
  readonly poolMode: PoolMode | null;
}

export interface SessionOptions extends Pick<ConnectOptions, 'timeoutMs' | 'signal'> {
  /** Leaves out the settings of the profile: for a session that only asks for a sign of life. */
  readonly isPlain?: boolean;
}

/**
 * Makes the sessions of one connection, all with the same server: the one in use first, then the
 * others in their order, as libpq's target_session_attrs has it (PostgreSQL manual, 34.1.1.3
 * "Specifying Multiple Hosts"). 'changed' tells of another server, or of one that became another kind.
 */
export class ServerConnector extends EventEmitter<{ changed: [CurrentServer] }> {
  readonly #settings: ConnectionSettings;
  #current: CurrentServer | null = null;

  constructor(settings: ConnectionSettings) {
    super();
    this.#settings = settings;
  }

  /** How many servers the connection names. */
  get hostCount(): number {
    return hostsOf(this.#settings).length;
  }

  /** Null before the first session. */
  get current(): CurrentServer | null {
    return this.#current;
  }

  /** Whether the next statement outside a transaction may meet another backend than the last one. */
  get poolsTransactions(): boolean {
    return this.#current?.poolMode === 'transaction';
  }

  /** Why the server in use is not of the kind that is asked for, in words; null while it is. */
  get mismatch(): string | null {
    return this.#current === null ? null : mismatchOf(this.#wanted, this.#current);
  }

  /** Takes note of what a session of the server in use was told. */
  noteRole({ isStandby, isReadOnly }: Pick<ServerRole, 'isStandby' | 'isReadOnly'>): void {
    if (this.#current !== null) this.#use({ ...this.#current, isStandby, isReadOnly });
  }

  /** Takes note that a session of the server in use met another backend than before. */
  notePooledTransactions(): void {
    if (this.#current !== null) this.#use({ ...this.#current, poolMode: 'transaction' });
  }

  /** A session with the first host that can be used. Raises what connectClient raises; see noHostError. */
  async connect(options: SessionOptions): Promise<Session> {
    const addresses = this.#inOrder();
    if (addresses.length > 1) return this.#connectToAny(addresses, options);
    return this.#connectTo(addresses[0] ?? this.#settings, this.#wanted, options);
  }

  async #connectToAny(
    addresses: readonly HostAddress[],
    options: SessionOptions,
  ): Promise<Session> {
    const prefersStandby = this.#wanted === 'prefer-standby';
    const endsAt = performance.now() + options.timeoutMs;
    const failures: HostFailure[] = [];
    const tryAll = async (some: readonly HostAddress[], wanted = this.#wanted) => {
      for (const [index, address] of some.entries()) {
        const shareMs = Math.max(
          1,
          Math.floor((endsAt - performance.now()) / (some.length - index)),
        );
        const timeoutMs = options.timeoutMs === 0 ? 0 : shareMs;
        try {
          return await this.#connectTo(address, wanted, { ...options, timeoutMs });
        } catch (error) {
          const failure = toDatabaseError(error, { phase: 'connect', ...address });
          if (!mayTryNextHost(failure)) throw failure;
          failures.push({ address, error: failure });
        }
      }
      return null;
    };
    const session = await tryAll(addresses, prefersStandby ? 'standby' : this.#wanted);
    if (session !== null) return session;
    if (prefersStandby) {
      const primaries = failures.filter(({ error }) => isMismatch(error));
      const primary = await tryAll(primaries.map(({ address }) => address));
      if (primary !== null) return primary;
    }
    throw noHostError(failures);
  }

  async #connectTo(
    address: HostAddress,
    wanted: NonNullable<ConnectionSettings['targetSessionAttrs']>,
    { isPlain = false, ...options }: SessionOptions,
  ): Promise<Session> {
    const settings = { ...this.#settings, ...address };
    let server: CurrentServer | null = null;
    const session = await connectClient(settings, {
      ...options,
      prepare: async (opened) => {
        server = await this.#lookAt(opened, address, wanted, options);
        if (!isPlain && server.poolMode !== 'transaction') {
          await applySessionSettings(opened, settings);
        }
      },
    });
    if (server !== null) this.#use(server);
    return session;
  }

  /** What the server is; asked once where any will do, since the probe tells of changes. */
  async #lookAt(
    session: Session,
    address: HostAddress,
    wanted: NonNullable<ConnectionSettings['targetSessionAttrs']>,
    options: SessionOptions,
  ): Promise<CurrentServer> {
    const current = this.#current;
    const known = current !== null && isSameHost(current.address, address) ? current : null;
    if (known !== null && wanted === 'any') return known;
    const { version, isStandby, isReadOnly, backendPid } = await readServerRole(session);
    const reason = mismatchOf(wanted, { isStandby, isReadOnly });
    if (reason !== null) throw mismatchError(address, reason);
    const poolMode =
      known === null
        ? await this.#poolModeOf(session, backendPid, address, options)
        : known.poolMode;
    return { address, version, isStandby, isReadOnly, poolMode };
  }

  async #poolModeOf(
    session: Session,
    backendPid: number | null,
    address: HostAddress,
    options: SessionOptions,
  ): Promise<PoolMode | null> {
    if (!isPooled(session, backendPid)) return null;
    return findPoolMode(session, () =>
      connectClient({ ...this.#settings, ...address }, { ...options, prepare: async () => {} }),
    );
  }

  get #wanted(): NonNullable<ConnectionSettings['targetSessionAttrs']> {
    return this.#settings.targetSessionAttrs ?? 'any';
  }

  #inOrder(): HostAddress[] {
    const hosts = hostsOf(this.#settings);
    const inUse = this.#current?.address;
    if (inUse === undefined) return hosts;
    return [inUse, ...hosts.filter((host) => !isSameHost(host, inUse))];
  }

  #use(server: CurrentServer): void {
    const before = this.#current;
    this.#current = server;
    const isSame =
      before !== null &&
      isSameHost(before.address, server.address) &&
      before.isStandby === server.isStandby &&
      before.isReadOnly === server.isReadOnly &&
      before.version === server.version &&
      before.poolMode === server.poolMode;
    if (!isSame) this.emit('changed', server);
  }
}
