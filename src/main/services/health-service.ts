import { EventEmitter } from 'node:events';
import type { DbHealth, PoolStats } from '@shared/models/health';
import { DatabaseError } from '../db/errors/database-error';
import type { Pool } from '../db/pool/pool';
import { ConnectionMonitor, type Health } from './health/connection-monitor';
import type { MonitorTiming } from './health/monitor-options';
import { PoolReports } from './health/pool-reports';
import { probeServer } from './health/probe';

/** An open connection as the health service sees it. */
export interface WatchedConnection {
  readonly connectionId: string;
  readonly pool: Pick<
    Pool,
    | 'connector'
    | 'stats'
    | 'distrustIdle'
    | 'askIdle'
    | 'cut'
    | 'noteSilence'
    | 'noteAnswer'
    | 'on'
    | 'off'
  >;
}

export interface HealthServiceOptions {
  readonly timing?: Partial<MonitorTiming>;
}

interface Watch {
  readonly connection: WatchedConnection;
  readonly monitor: ConnectionMonitor;
  readonly onLostSession: () => void;
  readonly reports: PoolReports;
}

/**
 * Knows of every open connection whether its server answers. Each has one small session of its own
 * for that, beside the pool. 'changed' tells each change between live, checking and lost; 'failed'
 * tells each try in vain after that, with its reason and the time of the next one; 'pool' tells soon
 * after a change how many sessions are in use.
 *
 * When the link of a connection turns out dead, although the server answers on a new one, the pool's
 * old sessions are cut; while nothing answers at all, those that have waited for too long: statements
 * end with ConnectionLost instead of hanging.
 */
export class HealthService extends EventEmitter<{
  changed: [DbHealth];
  failed: [DbHealth];
  pool: [connectionId: string, pool: PoolStats];
}> {
  readonly #timing: Partial<MonitorTiming>;
  readonly #watches = new Map<string, Watch>();

  constructor({ timing = {} }: HealthServiceOptions = {}) {
    super();
    this.#timing = timing;
  }

  /** Begins to watch a connection that was opened just now. */
  watch(connection: WatchedConnection): void {
    const { connectionId, pool } = connection;
    const reports = new PoolReports(pool, (stats) => this.emit('pool', connectionId, stats));
    const monitor = new ConnectionMonitor({
      openProbe: probeServer(pool.connector),
      timing: this.#timing,
      onChange: () => this.emit('changed', describe({ connection, monitor, reports }, null)),
      onFailedAgain: () => this.emit('failed', describe({ connection, monitor, reports }, null)),
      onDoubt: () => pool.distrustIdle(),
      onDeadLink: (silentSince) => pool.cut(silentSince),
      onSilence: () => pool.noteSilence(),
      onAnswer: () => pool.noteAnswer(),
      askOther: () => pool.askIdle(),
    });
    // A session that ended may be the first sign of a server that is gone.
    const onLostSession = (): void => void monitor.check();
    pool.on('lost', onLostSession);
    this.#watches.set(connectionId, { connection, monitor, onLostSession, reports });
    // Whoever opened the connection is answered first.
    setImmediate(() => {
      if (this.#watches.get(connectionId)?.monitor === monitor) void monitor.check();
    });
  }

  /** Ends watching; a connection that is not watched is no error. */
  async unwatch(connectionId: string): Promise<void> {
    const watch = this.#watches.get(connectionId);
    if (watch === undefined) return;
    this.#watches.delete(connectionId);
    watch.connection.pool.off('lost', watch.onLostSession);
    watch.reports.stop();
    await watch.monitor.stop();
  }

  /**
   * Asks the server for a sign of life, within four seconds. A server that does not answer is a
   * result, not an error. Raises NotFound for a connection that is closed.
   */
  async checkDbHealth(connectionId: string): Promise<DbHealth> {
    const watch = this.#find(connectionId);
    return describe(watch, await watch.monitor.check());
  }

  /** Checks every connection at once: after the computer slept, or the network changed. */
  async checkAll(): Promise<DbHealth[]> {
    return Promise.all([...this.#watches.keys()].map((id) => this.checkDbHealth(id)));
  }

  /** Raises NotFound for a connection that is closed. */
  getPoolStats(connectionId: string): PoolStats {
    return this.#find(connectionId).reports.read();
  }

  #find(connectionId: string): Watch {
    const watch = this.#watches.get(connectionId);
    if (watch !== undefined) return watch;
    throw new DatabaseError({
      kind: 'NotFound',
      message: 'This connection is closed.',
      advice: 'Open it again from the list of connections.',
    });
  }
}

/** The health of a connection; without a result of just now, the last known round trip. */
function describe(
  { connection, monitor, reports }: Pick<Watch, 'connection' | 'monitor' | 'reports'>,
  health: Health | null,
): DbHealth {
  const { samples, failure } = monitor;
  return {
    connectionId: connection.connectionId,
    state: monitor.state,
    latencyMs: health === null ? (samples.at(-1)?.latencyMs ?? null) : health.latencyMs,
    pool: reports.read(),
    checkedAt: samples.at(-1)?.at ?? new Date().toISOString(),
    samples,
    ...(failure !== null && { reason: failure.reason }),
    ...(failure?.neededSecret && { neededSecret: failure.neededSecret }),
    ...(failure?.retryAt && { retryAt: failure.retryAt.toISOString() }),
  };
}
