import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { SampleProgress } from '@shared/models/sample';
import { DatabaseError } from '../../db/errors/database-error';
import type { SecretStore } from '../secrets';
import { removeAbandonedSamples } from './abandoned-samples';
import { ClusterFolder } from './cluster-folder';
import { fillDatabase } from './fill-database';
import { preparePlacement, sampleDirectory, type Placement } from './placement';
import { sampleServerFailed, throwIfCancelled } from './sample-error';
import { SamplePassword } from './sample-password';
import { scramVerifier } from './scram';
import { openSession, sampleDatabase, sampleHost, sampleUser, tryLogin } from './session';
import { SharedStart } from './shared-start';
import type { Cluster } from './cluster';
import type { Postmaster } from './postmaster';

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
  /** What is being started, or runs. */
  #cluster: Cluster | null = null;
  #running: Postmaster | null = null;

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
    this.#cluster?.stopSync();
  }

  async #forgetOnceSettled(start: SharedStart<SampleAddress>): Promise<void> {
    await start.settled();
    if (this.#starting === start) this.#starting = null;
  }

  async #stopAll(): Promise<void> {
    this.#cluster = null;
    this.#running = null;
    const directory = sampleDirectory(this.#options.dataDirectory);
    const wasEverPrepared = await stat(directory).catch(() => null);
    if (wasEverPrepared === null) return;
    for (const cluster of await new ClusterFolder(await this.#place()).all()) await cluster.stop();
  }

  async #place(): Promise<Placement> {
    if (this.#placement === null) {
      this.#placement = await preparePlacement(this.#options.dataDirectory);
      await removeAbandonedSamples(this.#placement, this.#log);
    }
    return this.#placement;
  }

  async #start(report: Report, signal: AbortSignal, reset: boolean): Promise<SampleAddress> {
    await this.#stopping;
    if (this.#running !== null && !reset) {
      const found = await this.#cluster?.find();
      if (found?.pid === this.#running.pid) return this.#address(found.port);
    }
    this.#running = null;
    report({ step: 'preparing', message: 'Preparing the sample server.', fraction: 0 });
    const folder = new ClusterFolder(await this.#place());
    const complete = reset ? null : await folder.complete();
    await this.#discardAllBut(complete, folder);
    throwIfCancelled(signal);
    const cluster = complete ?? (await folder.plan());
    this.#cluster = cluster;
    try {
      this.#running =
        complete === null
          ? await this.#build(cluster, folder, report, signal)
          : await this.#wake(cluster, report, signal);
      report({ step: 'ready', message: 'The sample database is ready.', fraction: 1 });
      return this.#address(this.#running.port);
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
  ): Promise<Postmaster> {
    report({ step: 'initialising', message: 'Creating a database cluster.', fraction: 0.02 });
    await cluster.initialise(signal);
    const password = await this.#password.renew();
    await cluster.administer([
      `CREATE ROLE ${sampleUser} LOGIN CREATEDB PASSWORD '${await scramVerifier(password)}'`,
      `GRANT pg_monitor TO ${sampleUser}`,
      `CREATE DATABASE ${sampleDatabase} OWNER ${sampleUser}`,
    ]);
    report({ step: 'starting', message: 'Starting PostgreSQL.', fraction: 0.12 });
    const postmaster = await cluster.launch(signal);
    const client = await openSession(postmaster.port, password);
    await fillDatabase(client, report, signal);
    await client.end();
    await folder.markComplete(cluster);
    return postmaster;
  }

  async #wake(cluster: Cluster, report: Report, signal: AbortSignal): Promise<Postmaster> {
    const password = await this.#password.recall();
    const adopted = await this.#adopt(cluster, password, signal);
    if (adopted !== null) return adopted;
    report({ step: 'starting', message: 'Starting PostgreSQL.', fraction: 0.3 });
    if (password !== null) {
      const postmaster = await cluster.launch(signal);
      if ((await tryLogin(postmaster.port, password)) === 'accepted') return postmaster;
      await cluster.stop();
    }
    // The keychain has no password, or not the one that the server knows. Whoever owns the files
    // may set another one, so the data of the sample need not be lost with it.
    this.#log('Sample server: its password is lost, a new one is set');
    const renewed = await this.#password.renew();
    await cluster.administer([
      `ALTER ROLE ${sampleUser} PASSWORD '${await scramVerifier(renewed)}'`,
    ]);
    const postmaster = await cluster.launch(signal);
    if ((await tryLogin(postmaster.port, renewed)) !== 'accepted') {
      throw sampleServerFailed({ message: 'The sample server does not accept its new password.' });
    }
    return postmaster;
  }

  /** Takes over the server that still runs on the data directory; ends it when that cannot be. */
  async #adopt(
    cluster: Cluster,
    password: string | null,
    signal: AbortSignal,
  ): Promise<Postmaster | null> {
    const deadline = Date.now() + adoptTimeoutMs;
    for (;;) {
      throwIfCancelled(signal);
      const left = await cluster.find();
      if (left === null) return null;
      const outcome = password === null ? 'refused' : await tryLogin(left.port, password);
      if (outcome === 'accepted') {
        this.#log('Sample server: took over the server that was still running');
        return left;
      }
      if (outcome === 'refused' || Date.now() > deadline) {
        await cluster.stop();
        return null;
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
