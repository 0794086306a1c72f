import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { SampleProgress } from '@shared/models/sample';
import { DatabaseError } from '../../db/errors';
import type { SecretStore } from '../secrets';
import { ClusterFolder } from './cluster-folder';
import { fillDatabase } from './fill-database';
import { preparePlacement, sampleDirectory, type Placement } from './placement';
import { sampleServerFailed, throwIfCancelled } from './sample-error';
import { SamplePassword } from './sample-password';
import { scramVerifier } from './scram';
import { openSession, sampleDatabase, sampleHost, sampleUser, tryLogin } from './session';
import { SharedStart } from './shared-start';
import type { Cluster } from './cluster';

type Report = (progress: SampleProgress) => void;

/** How to connect to the running sample server, without TLS, since it listens on loopback only. */
export interface SampleAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: () => Promise<string | null>;
}

export interface SampleServerOptions {
  /** The folder for the data; made when it is missing. See `sampleDirectory` for root. */
  readonly dataDirectory: string;
  readonly secrets: SecretStore;
  /** Gets what happened, in words without secrets. */
  readonly log?: (message: string) => void;
}

/** A leftover server that answers neither yes nor no for so long is ended instead of adopted. */
const adoptTimeoutMs = 10_000;
const pollMs = 50;

/**
 * The local PostgreSQL server with the sample database. It ends with the app by `stop`. After a
 * crash of the app it may run on: the next `start` takes it over, or `stop` ends it.
 */
export class SampleServer {
  readonly #options: SampleServerOptions;
  readonly #password: SamplePassword;
  readonly #log: (message: string) => void;
  #placement: Placement | null = null;
  #starting: SharedStart<SampleAddress> | null = null;
  #stopping: Promise<void> = Promise.resolve();
  #running: { readonly cluster: Cluster; readonly pid: number; readonly port: number } | null =
    null;

  constructor(options: SampleServerOptions) {
    this.#options = options;
    this.#log = options.log ?? (() => undefined);
    const hash = createHash('sha256').update(options.dataDirectory).digest('hex').slice(0, 16);
    this.#password = new SamplePassword(options.secrets, `sample-server-${hash}`, this.#log);
  }

  /**
   * Starts the server, building the database the first time; when it runs already, gives its
   * address. Callers at the same time share one start. `reset` deletes what is there and builds
   * anew. Raises DatabaseError: SampleServerFailed with the server's last words in `detail`, or
   * Cancelled once `signal` is aborted; the next start works after either.
   */
  async start(
    onProgress: Report,
    signal?: AbortSignal,
    { reset = false }: { readonly reset?: boolean } = {},
  ): Promise<SampleAddress> {
    if (reset) await this.stop();
    while (this.#starting?.isCancelled === true) await this.#starting.settled();
    if (this.#starting === null) {
      const start = new SharedStart((report, signal) => this.#start(report, signal, reset));
      this.#starting = start;
      void this.#forgetOnceSettled(start);
    }
    return this.#starting.join(onProgress, signal);
  }

  /** Ends the server, also one that a crashed session left, and waits until its process is gone. */
  async stop(): Promise<void> {
    const before = Promise.all([this.#stopping, this.#starting?.cancel()]);
    // Set at once: a start that is asked for from now on waits for it.
    const stopping = before.then(() => this.#stopAll());
    this.#stopping = stopping.catch(() => undefined);
    await stopping;
  }

  /** The last resort for the exit of the process: tells the server to end and waits for nothing. */
  stopSync(): void {
    this.#running?.cluster.stopSync();
  }

  async #forgetOnceSettled(start: SharedStart<SampleAddress>): Promise<void> {
    await start.settled();
    if (this.#starting === start) this.#starting = null;
  }

  async #stopAll(): Promise<void> {
    this.#running = null;
    const directory = sampleDirectory(this.#options.dataDirectory);
    const wasEverPrepared = await stat(directory).catch(() => null);
    if (wasEverPrepared === null) return;
    for (const cluster of await new ClusterFolder(await this.#place()).all()) await cluster.stop();
  }

  async #place(): Promise<Placement> {
    this.#placement ??= await preparePlacement(this.#options.dataDirectory);
    return this.#placement;
  }

  async #start(report: Report, signal: AbortSignal, reset: boolean): Promise<SampleAddress> {
    await this.#stopping;
    if (this.#running !== null) {
      const { cluster, pid, port } = this.#running;
      if ((await cluster.find())?.pid === pid) return this.#address(port);
      this.#running = null;
    }
    report({ step: 'preparing', message: 'Preparing the sample server.', fraction: 0 });
    const folder = new ClusterFolder(await this.#place());
    const complete = reset ? null : await folder.complete();
    await this.#discardAllBut(complete, folder);
    throwIfCancelled(signal);
    const cluster = complete ?? (await folder.plan());
    try {
      if (complete === null) await this.#build(cluster, folder, report, signal);
      else await this.#wake(cluster, report, signal);
      const postmaster = await cluster.find();
      if (postmaster === null) throw sampleServerFailed({ message: 'The sample server ended.' });
      this.#running = { cluster, pid: postmaster.pid, port: postmaster.port };
      report({ step: 'ready', message: 'The sample database is ready.', fraction: 1 });
      return this.#address(postmaster.port);
    } catch (error) {
      await (complete === null ? folder.discard(cluster) : cluster.stop()).catch(
        (failure: unknown) => this.#log(`Sample server: clearing away failed: ${String(failure)}`),
      );
      if (error instanceof DatabaseError) throw error;
      throwIfCancelled(signal);
      throw sampleServerFailed({
        message: 'The sample database could not be started.',
        detail: error instanceof Error ? error.message : String(error),
        cause: error,
      });
    }
  }

  /** What cannot be deleted now is tried again at the next start, and is in nobody's way. */
  async #discardAllBut(kept: Cluster | null, folder: ClusterFolder): Promise<void> {
    for (const cluster of await folder.all()) {
      if (cluster.directory === kept?.directory) continue;
      await folder.discard(cluster).catch((error: unknown) => {
        this.#log(`Sample server: ${cluster.directory} could not be deleted: ${String(error)}`);
      });
    }
  }

  async #build(
    cluster: Cluster,
    folder: ClusterFolder,
    report: Report,
    signal: AbortSignal,
  ): Promise<void> {
    report({ step: 'initialising', message: 'Creating a database cluster.', fraction: 0.03 });
    await cluster.initialise(signal);
    const password = await this.#password.renew();
    await cluster.administer([
      `CREATE ROLE ${sampleUser} LOGIN CREATEDB PASSWORD '${await scramVerifier(password)}'`,
      `GRANT pg_monitor TO ${sampleUser}`,
      `CREATE DATABASE ${sampleDatabase} OWNER ${sampleUser}`,
    ]);
    report({ step: 'starting', message: 'Starting PostgreSQL.', fraction: 0.15 });
    const { port } = await cluster.launch(signal);
    const client = await openSession(port, password);
    await fillDatabase(client, report, signal);
    await client.end();
    await folder.markComplete(cluster);
  }

  async #wake(cluster: Cluster, report: Report, signal: AbortSignal): Promise<void> {
    const password = await this.#password.recall();
    if (await this.#adopt(cluster, password, signal)) return;
    report({ step: 'starting', message: 'Starting PostgreSQL.', fraction: 0.3 });
    if (password !== null) {
      const { port } = await cluster.launch(signal);
      if ((await tryLogin(port, password)) === 'accepted') return;
      await cluster.stop();
    }
    // The keychain has no password, or not the one that the server knows. Whoever owns the files
    // may set another one, so the data of the sample need not be lost with it.
    this.#log('Sample server: its password is lost, a new one is set');
    const renewed = await this.#password.renew();
    await cluster.administer([
      `ALTER ROLE ${sampleUser} PASSWORD '${await scramVerifier(renewed)}'`,
    ]);
    const { port } = await cluster.launch(signal);
    if ((await tryLogin(port, renewed)) !== 'accepted') {
      throw sampleServerFailed({ message: 'The sample server does not accept its new password.' });
    }
  }

  /** Takes over the server that still runs on the data directory; ends it when that cannot be. */
  async #adopt(cluster: Cluster, password: string | null, signal: AbortSignal): Promise<boolean> {
    const deadline = Date.now() + adoptTimeoutMs;
    for (;;) {
      throwIfCancelled(signal);
      const left = await cluster.find();
      if (left === null) return false;
      const outcome = password === null ? 'refused' : await tryLogin(left.port, password);
      if (outcome === 'accepted') {
        this.#log('Sample server: took over the server that was still running');
        return true;
      }
      if (outcome === 'refused' || Date.now() > deadline) {
        await cluster.stop();
        return false;
      }
      await delay(pollMs);
    }
  }

  #address(port: number): SampleAddress {
    return {
      host: sampleHost,
      port,
      database: sampleDatabase,
      user: sampleUser,
      password: () => this.#password.recall(),
    };
  }
}
