import { EventEmitter } from 'node:events';
import type { DbHealth, PoolStats } from '@shared/models/health';
import { DatabaseError } from '../db/errors';
import type { Pool } from '../db/pool';
import { ConnectionMonitor, type Health, type MonitorTiming } from './health/connection-monitor';
import { probeServer } from './health/probe';

/** An open connection as the health service sees it. */
export interface WatchedConnection {
  readonly connectionId: string;
  readonly pool: Pick<Pool, 'connector' | 'stats' | 'distrustIdle' | 'cut' | 'on' | 'off'>;
}

export interface HealthServiceOptions {
  readonly timing?: Partial<MonitorTiming>;
}

interface Watch {
  readonly connection: WatchedConnection;
  readonly monitor: ConnectionMonitor;
  readonly onLostSession: () => void;
}

/**
 * Knows of every open connection whether its server answers. Each has one small session of its own
 * for that, beside the pool. 'changed' tells each change between live, checking and lost; 'failed'
 * tells each try in vain after that, with its reason and the time of the next one.
 *
 * When the link of a connection turns out dead, although the server answers on a new one, the pool's
 * sessions are cut: statements that wait for an answer end with ConnectionLost instead of hanging.
 */
export class HealthService extends EventEmitter<{ changed: [DbHealth]; failed: [DbHealth] }> {
  readonly #timing: Partial<MonitorTiming>;
  readonly #watches = new Map<string, Watch>();

  constructor({ timing = {} }: HealthServiceOptions = {}) {
    super();
    this.#timing = timing;
  }

  /** Begins to watch a connection that was opened just now. */
  watch(connection: WatchedConnection): void {
    const { connectionId, pool } = connection;
    const monitor = new ConnectionMonitor({
      openProbe: probeServer(pool.connector),
      timing: this.#timing,
      onChange: () => this.emit('changed', describe({ connection, monitor }, null)),
      onFailedAgain: () => this.emit('failed', describe({ connection, monitor }, null)),
      onDoubt: () => pool.distrustIdle(),
      onDeadLink: () => pool.cut(),
    });
    // A session that ended may be the first sign of a server that is gone.
    const onLostSession = (): void => void monitor.check();
    pool.on('lost', onLostSession);
    this.#watches.set(connectionId, { connection, monitor, onLostSession });
    void monitor.check();
  }

  /** Ends watching; a connection that is not watched is no error. */
  async unwatch(connectionId: string): Promise<void> {
    const watch = this.#watches.get(connectionId);
    if (watch === undefined) return;
    this.#watches.delete(connectionId);
    watch.connection.pool.off('lost', watch.onLostSession);
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
    return this.#find(connectionId).connection.pool.stats();
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
  { connection, monitor }: Pick<Watch, 'connection' | 'monitor'>,
  health: Health | null,
): DbHealth {
  const { samples, failure } = monitor;
  return {
    connectionId: connection.connectionId,
    state: monitor.state,
    latencyMs: health === null ? (samples.at(-1)?.latencyMs ?? null) : health.latencyMs,
    pool: connection.pool.stats(),
    checkedAt: samples.at(-1)?.at ?? new Date().toISOString(),
    samples,
    ...(failure !== null && { reason: failure.reason }),
    ...(failure?.retryAt && { retryAt: failure.retryAt.toISOString() }),
  };
}
