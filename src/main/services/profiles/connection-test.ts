import { isIP, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { serverName } from '@shared/formats/server-name';
import type { ConnectionTest, ConnectionTestStep } from '@shared/models/connection-profile';
import type { Connection } from 'pg';
import { connectClient, connectContext } from '../../db/session/client';
import type { Session } from '../../db/session/session';
import type { ConnectionSettings } from '../../db/session/connection-settings';
import { Deadline } from '../../db/deadline';
import { addressOf } from '../../db/errors/error-context';
import { DatabaseError, toDatabaseError } from '../../db/errors/database-error';
import { isPooled } from '../../db/server/pooler';
import { readServerRole } from '../../db/server/server-role';
import { hasSessionSettings } from '../../db/session/session-settings';
import type { TunnelFacts } from '../../db/session/tunnel';

export interface ConnectionTestOptions {
  /** Limit over all steps up to the login, and once more for the version. Milliseconds; 0 is none. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/**
 * Opens one session as a connection would, asks for the server's version and closes it again. Never
 * raises for a failure of the connection: the result says which step failed and what to do.
 */
export async function testConnection(
  settings: ConnectionSettings,
  options: ConnectionTestOptions,
): Promise<ConnectionTest> {
  const progress = new Progress(settings);
  let session: Session | null = null;
  try {
    const { tunnel } = settings;
    if (tunnel !== undefined) progress.tunnelled(await tunnel.open(options.signal));
    session = await connectClient(settings, {
      ...options,
      onWire: (wire) => progress.watch(wire),
    });
    progress.ready();
    progress.done('version', await versionOf(session, settings, options));
    return { ok: true, steps: progress.steps };
  } catch (error) {
    const failure = toDatabaseError(error, connectContext(settings));
    progress.failed(failure);
    return { ok: false, steps: progress.steps, error: failure.data };
  } finally {
    session?.destroy();
    settings.tunnel?.close();
  }
}

type StepName = ConnectionTestStep['name'];

const order: readonly StepName[] = [
  'ssh',
  'resolve',
  'connect',
  'tls',
  'authenticate',
  'settings',
  'version',
];

/** Tells from the events of the socket and of the protocol how far a session has come. */
class Progress {
  readonly steps: ConnectionTestStep[] = [];
  readonly #settings: ConnectionSettings;
  readonly #names: readonly StepName[];
  #stepBegan = performance.now();
  #isEncrypted = false;
  #attempts = 0;
  #loginMethod = 'no password was asked for';

  constructor(settings: ConnectionSettings) {
    this.#settings = settings;
    this.#names = order.filter(
      (name) =>
        (name !== 'ssh' || settings.tunnel !== undefined) &&
        // A socket folder is no name to look up, and through a tunnel others look it up.
        (name !== 'resolve' || !(settings.host.startsWith('/') || settings.tunnel !== undefined)) &&
        (name !== 'settings' || hasSessionSettings(settings)),
    );
  }

  /** Listens to the wire of an attempt. A second one is the mode "prefer" going on without TLS. */
  watch(connection: Connection): void {
    this.steps.splice(this.#settings.tunnel === undefined ? 0 : 1);
    this.#attempts += 1;
    this.#isEncrypted = false;
    this.#stepBegan = performance.now();
    const { host, tunnel } = this.#settings;
    const { stream } = connection;
    if (isIP(host) !== 0 && tunnel === undefined) this.done('resolve', `${host} is an address`);
    const addresses = new Set<string>();
    stream.on('lookup', (error: Error | null, address: string) => {
      if (error !== null) return;
      addresses.add(address);
      if (addresses.size === 1) this.done('resolve', address);
      else this.#redetail('resolve', [...addresses].join(', '));
    });
    stream.once('connect', () => {
      this.done('connect', connectedTo(this.#settings, connection));
    });
    connection.on('sslconnect', () => {
      connection.stream.once('secureConnect', () => {
        this.#isEncrypted = true;
        this.done('tls', tlsDetail(connection));
      });
    });
    // The first one ends the login; those of statements follow.
    connection.once('readyForQuery', () => this.#loggedIn());
    for (const [event, method] of loginMethods) {
      connection.on(event, () => {
        this.#loginMethod = method;
      });
    }
  }

  /** The far end of the tunnel is reached; the time of a question about it is not counted. */
  tunnelled({ description, durationMs }: TunnelFacts): void {
    this.steps.push({ name: 'ssh', ok: true, durationMs, detail: description });
    this.#stepBegan = performance.now();
  }

  /** Ends a step now; the next one begins. */
  done(name: StepName, detail: string): void {
    this.#end(name, true, detail);
  }

  /** The session is set up as the profile asks. */
  ready(): void {
    const { startupStatements } = this.#settings;
    if (!hasSessionSettings(this.#settings)) return;
    const count = startupStatements?.length ?? 0;
    this.done(
      'settings',
      count === 0 ? 'settings of the connection' : `settings and start-up SQL (${count})`,
    );
  }

  #loggedIn(): void {
    if (!this.#isEncrypted) {
      this.steps.push({ name: 'tls', ok: true, durationMs: 0, detail: this.#plainDetail() });
    }
    this.done('authenticate', `user ${this.#settings.user}, ${this.#loginMethod}`);
  }

  /**
   * The step that was under way has failed: the first one that has not ended. The time of a question
   * is not counted here either.
   */
  failed(error: DatabaseError): void {
    if (this.steps.length === 0) this.#stepBegan += this.#settings.tunnel?.askedMs ?? 0;
    const names = this.#names.filter((name) => !this.steps.some((step) => step.name === name));
    const isCertificateFile = error.kind === 'InvalidInput' && error.data.field?.startsWith('ssl');
    const pending = isCertificateFile ? 'tls' : (this.#afterTls(error, names) ?? 'version');
    this.#end(pending, false, error.message);
  }

  /** Without TLS no event tells connecting from logging in, but only a login has these causes. */
  #afterTls(error: DatabaseError, names: readonly StepName[]): StepName | undefined {
    const [pending] = names;
    const isPlain = this.#settings.ssl.mode === 'disable' || this.#settings.host.startsWith('/');
    const skipsTls = isPlain || this.#attempts > 1 || error.data.sqlState !== undefined;
    if (pending !== 'tls' || !skipsTls) return pending;
    this.steps.push({ name: 'tls', ok: true, durationMs: 0, detail: this.#plainDetail() });
    return 'authenticate';
  }

  #plainDetail(): string {
    if (this.#settings.host.startsWith('/')) return 'not used: a Unix socket stays on this machine';
    return this.#settings.ssl.mode === 'disable'
      ? 'not used: SSL mode "disable"'
      : 'not encrypted: the server does not offer TLS';
  }

  #end(name: StepName, ok: boolean, detail: string): void {
    const now = performance.now();
    this.steps.push({ name, ok, durationMs: now - this.#stepBegan, detail });
    this.#stepBegan = now;
  }

  #redetail(name: StepName, detail: string): void {
    const index = this.steps.findIndex((step) => step.name === name);
    const step = this.steps[index];
    if (step !== undefined) this.steps[index] = { ...step, detail };
  }
}

/** The protocol's authentication requests, as pg names their events. */
const loginMethods = [
  ['authenticationSASL', 'password by SCRAM-SHA-256'],
  ['authenticationMD5Password', 'password by MD5, which is outdated'],
  ['authenticationCleartextPassword', 'password in clear text'],
] as const;

function connectedTo(settings: ConnectionSettings, connection: Connection): string {
  if (settings.tunnel !== undefined) {
    return `${addressOf(settings)}, as ${settings.tunnel.name} knows it`;
  }
  const { stream } = connection;
  return stream instanceof Socket && stream.remoteAddress !== undefined
    ? addressOf({ host: stream.remoteAddress, port: stream.remotePort })
    : addressOf(settings);
}

function tlsDetail(connection: Connection): string {
  const { stream } = connection;
  if (!(stream instanceof TLSSocket)) return 'encrypted';
  const certificate = stream.getPeerCertificate();
  const name = String(certificate.subject?.CN ?? 'an unnamed server');
  const checked = stream.authorized ? '' : ', not checked';
  return `${stream.getProtocol() ?? 'TLS'}, certificate of ${name}${checked}, valid until ${certificate.valid_to}`;
}

async function versionOf(
  session: Session,
  settings: ConnectionSettings,
  { timeoutMs, signal }: ConnectionTestOptions,
): Promise<string> {
  const limit = new Deadline(timeoutMs, signal);
  limit.onPassed(() => session.destroy());
  try {
    const { version, isStandby, backendPid } = await readServerRole(session);
    const standby = isStandby ? ', a standby that only reads' : '';
    const pooler = isPooled(session, backendPid) ? ', behind a pooler' : '';
    return `${serverName(version)}${standby}${pooler}`;
  } catch (error) {
    limit.check(
      () =>
        new DatabaseError({
          kind: 'Timeout',
          message: `${addressOf(settings)} did not say its version within ${timeoutMs} ms.`,
          advice: 'The server is overloaded, or the network drops packets. Try again.',
        }),
    );
    throw error;
  } finally {
    limit.clear();
  }
}
