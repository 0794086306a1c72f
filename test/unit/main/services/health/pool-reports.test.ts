import { EventEmitter } from 'node:events';
import type { PoolStats } from '@shared/models/health';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PoolReports } from '../../../../../src/main/services/health/pool-reports';

/** Counts sessions as a pool does, without any. */
class CountingPool extends EventEmitter<{ lost: []; used: [] }> {
  #active = 0;

  stats(): PoolStats {
    return { total: 5, active: this.#active, idle: 5 - this.#active, waiting: 0, max: 5 };
  }

  use(active: number): void {
    this.#active = active;
    this.emit('used');
  }
}

let pool: CountingPool;
let told: number[];
let reports: PoolReports;

beforeEach(() => {
  vi.useFakeTimers();
  pool = new CountingPool();
  told = [];
  reports = new PoolReports(pool, ({ active }) => told.push(active), 100);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('PoolReports', () => {
  it('tells the newest of many changes, once', () => {
    for (const active of [1, 2, 3]) pool.use(active);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(told).toEqual([3]);
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual([3]);
  });

  it('has no news of a use that was over in that time', () => {
    pool.use(1);
    vi.advanceTimersByTime(99);
    pool.use(0);
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual([]);
  });

  it('corrects what was read meanwhile', () => {
    pool.use(1);
    expect(reports.read().active).toBe(1);
    pool.use(0);
    vi.advanceTimersByTime(100);
    expect(told).toEqual([0]);
  });

  it('tells nothing once it has stopped', () => {
    pool.use(1);
    reports.stop();
    pool.use(2);
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual([]);
    expect(pool.listenerCount('used')).toBe(0);
  });
});
