import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DatabaseError } from '../../../../../src/main/db/errors/database-error';
import { ConnectionMonitor } from '../../../../../src/main/services/health/connection-monitor';
import { defaultTiming } from '../../../../../src/main/services/health/monitor-options';
import type { Probe } from '../../../../../src/main/services/health/probe';
import type { ErrorKind } from '../../../../../src/shared/models/database-error';

/** What a server says itself has a SQLSTATE. */
const refusals: Partial<Record<ErrorKind, string>> = {
  AuthenticationFailed: '28P01',
  TooManyConnections: '53300',
};

/** A network and a server whose behaviour a test sets; time is the test's too. */
class FakeServer {
  /** What a new link meets. */
  admits: 'yes' | 'silence' | ErrorKind = 'yes';
  /** Whether links that are open get answers; 'ended' closes them. */
  answers: 'yes' | 'silence' | 'ended' = 'yes';
  /** Pings that wait for an answer. */
  readonly pending: (() => void)[] = [];
  opened = 0;
  closed = 0;

  readonly open = async (timeoutMs: number): Promise<Probe> => {
    this.opened += 1;
    if (this.admits === 'silence') {
      await new Promise((resolve) => setTimeout(resolve, timeoutMs));
      throw new DatabaseError({ kind: 'Timeout', message: 'no session' });
    }
    if (this.admits !== 'yes') {
      const sqlState = refusals[this.admits];
      throw new DatabaseError({ kind: this.admits, message: 'no', ...(sqlState && { sqlState }) });
    }
    // A link that was opened while the network worked falls silent with it, and stays so.
    const link = { isOld: false };
    this.links.push(link);
    return {
      ping: () => this.#ping(link),
      close: async () => {
        this.closed += 1;
      },
    };
  };
  readonly links: { isOld: boolean }[] = [];

  /** All links of now fall silent for good; new ones work. */
  forgetLinks(): void {
    for (const link of this.links) link.isOld = true;
  }

  #ping(link: { readonly isOld: boolean }): Promise<void> {
    if (this.answers === 'ended') return Promise.reject(new Error('Connection terminated'));
    if (this.answers === 'yes' && !link.isOld) return Promise.resolve();
    return new Promise((resolve) => this.pending.push(resolve));
  }
}

let server: FakeServer;
let monitor: ConnectionMonitor;
const states: string[] = [];
const onDoubt = vi.fn<() => void>();
const onDeadLink = vi.fn<(silentSince: number) => void>();
const onSilence = vi.fn<() => void>();
const onAnswer = vi.fn<() => void>();
/** The answer of a session of the pool; null while none is idle. */
const askOther = vi.fn<() => Promise<void> | null>();
const onFailedAgain = vi.fn<() => void>();

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetAllMocks();
  askOther.mockReturnValue(null);
  states.length = 0;
  server = new FakeServer();
  monitor = new ConnectionMonitor({
    openProbe: server.open,
    random: () => 1,
    onChange: () => states.push(monitor.state),
    onDoubt,
    onDeadLink,
    onFailedAgain,
    onSilence,
    onAnswer,
    askOther,
  });
});
afterEach(async () => {
  await monitor.stop();
  vi.useRealTimers();
});

async function start(): Promise<void> {
  expect(await monitor.check()).toMatchObject({ state: 'live' });
}

describe('a server that answers', () => {
  it('is live, asked every five seconds on one link', async () => {
    await start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(monitor.samples).toHaveLength(13);
    expect(server.opened).toBe(1);
    expect(states).toEqual([]);
  });

  it('leaves samples of the last five minutes only', async () => {
    await start();
    await vi.advanceTimersByTimeAsync(20 * 60_000);
    expect(monitor.samples).toHaveLength(61);
    const first = Date.parse(monitor.samples[0]?.at ?? '');
    expect(Date.now() - first).toBe(5 * 60_000);
  });

  it('leaves no samples of a future that a clock set back made', async () => {
    await start();
    await vi.advanceTimersByTimeAsync(20_000);
    vi.setSystemTime(Date.now() - 24 * 3_600_000);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(monitor.samples).toHaveLength(2);
  });

  it('is asked once by those who ask at the same time', async () => {
    await start();
    await Promise.all([monitor.check(), monitor.check()]);
    expect(monitor.samples).toHaveLength(2);
  });
});

describe('a server that falls silent', () => {
  it('is lost within ten seconds, with no packet coming back', async () => {
    await start();
    server.answers = 'silence';
    server.admits = 'silence';
    await vi.advanceTimersByTimeAsync(10_000);
    expect(states).toEqual(['checking', 'lost']);
    expect(onDoubt).toHaveBeenCalledOnce();
    expect(monitor.samples.at(-1)?.latencyMs).toBeNull();
  });

  it('is tried again with growing waits until it is back', async () => {
    await start();
    server.answers = 'silence';
    server.admits = 'ConnectionFailed';
    await vi.advanceTimersByTimeAsync(7_000);
    expect(states).toEqual(['checking', 'lost']);
    const openedAt: number[] = [];
    const begin = Date.now();
    let opened = server.opened;
    for (let waited = 0; waited < 110_000; waited += 100) {
      await vi.advanceTimersByTimeAsync(100);
      if (server.opened > opened) openedAt.push(Date.now() - begin);
      opened = server.opened;
    }
    // For the first minute or so a person waits for it: later tries are rarer.
    const waits = openedAt.map((at, index) => at - (openedAt[index - 1] ?? 0));
    expect(waits.slice(0, 4)).toEqual([500, 1_000, 2_000, 2_000]);
    expect(waits.slice(38)).toEqual([2_000, 2_000, 10_000, 10_000, 10_000]);
    server.answers = 'yes';
    server.admits = 'yes';
    await vi.advanceTimersByTimeAsync(10_000);
    expect(states).toEqual(['checking', 'lost', 'live']);
  });

  it('says why, when it is tried again, and each time anew', async () => {
    await start();
    expect(monitor.failure).toBeNull();
    server.answers = 'ended';
    server.admits = 'ConnectionFailed';
    await monitor.check();
    expect(monitor.failure).toEqual({
      reason: 'no',
      retryAt: new Date(Date.now() + 500),
      neededSecret: null,
    });
    expect(onFailedAgain).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(500);
    expect(onFailedAgain).toHaveBeenCalledOnce();
    expect(monitor.failure?.retryAt).toEqual(new Date(Date.now() + 1_000));
    server.answers = 'yes';
    server.admits = 'yes';
    await vi.advanceTimersByTimeAsync(1_000);
    expect(monitor.failure).toBeNull();
  });

  it('leaves the pool alone when the old link answers after all', async () => {
    await start();
    server.answers = 'silence';
    server.admits = 'silence';
    await vi.advanceTimersByTimeAsync(10_000);
    server.answers = 'yes';
    server.admits = 'yes';
    await vi.advanceTimersByTimeAsync(5_000);
    expect(monitor.state).toBe('live');
    for (const answer of server.pending.splice(0)) answer();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(onDeadLink).not.toHaveBeenCalled();
    expect(server.closed).toBe(1);
  });

  it('has dead links when only new ones answer', async () => {
    await start();
    server.forgetLinks();
    await vi.advanceTimersByTimeAsync(7_000);
    expect(states).toEqual(['checking', 'live']);
    expect(onDeadLink).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(onDeadLink).toHaveBeenCalledOnce();
    expect(server.closed).toBe(1);
  });

  it('gives old links as long as the silence was, since TCP waits that long to send again', async () => {
    await start();
    server.forgetLinks();
    server.admits = 'silence';
    await vi.advanceTimersByTimeAsync(60_000);
    server.admits = 'yes';
    await vi.advanceTimersByTimeAsync(20_000);
    expect(monitor.state).toBe('live');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(onDeadLink).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(onDeadLink).toHaveBeenCalledOnce();
  });

  it('tells at each check that nobody hears anything of it, until it answers', async () => {
    await start();
    expect(onAnswer).toHaveBeenCalledOnce();
    server.answers = 'silence';
    server.admits = 'silence';
    await vi.advanceTimersByTimeAsync(60_000);
    const checks = monitor.samples.filter(({ latencyMs }) => latencyMs === null).length;
    expect(checks).toBeGreaterThan(10);
    expect(onSilence).toHaveBeenCalledTimes(checks);
    expect(onAnswer).toHaveBeenCalledOnce();
    server.answers = 'yes';
    server.admits = 'yes';
    await vi.advanceTimersByTimeAsync(5_000);
    expect(onAnswer).toHaveBeenCalledTimes(2);
  });

  it('is not silent while the old link answers late', async () => {
    await start();
    server.answers = 'silence';
    server.admits = 'silence';
    await vi.advanceTimersByTimeAsync(10_000);
    for (const answer of server.pending.splice(0)) answer();
    onSilence.mockClear();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(onSilence).not.toHaveBeenCalled();
  });

  it('has dead links also when it admits nobody any more', async () => {
    await start();
    const fellSilentAt = performance.now();
    server.forgetLinks();
    server.admits = 'AuthenticationFailed';
    await vi.advanceTimersByTimeAsync(7_000);
    expect(monitor.state).toBe('lost');
    expect(onSilence).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(onDeadLink).toHaveBeenCalledOnce();
    expect(onDeadLink.mock.lastCall?.[0]).toBeGreaterThan(fellSilentAt);
  });
});

describe('a server that falls silent before the first sign of life', () => {
  it('is judged by a link of the pool', async () => {
    server.admits = 'silence';
    askOther.mockReturnValue(new Promise(() => undefined));
    const checked = monitor.check();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await checked).toMatchObject({ state: 'lost' });
    expect(askOther).toHaveBeenCalledOnce();
    server.admits = 'yes';
    await vi.advanceTimersByTimeAsync(30_000);
    expect(monitor.state).toBe('live');
    expect(onDeadLink).toHaveBeenCalledOnce();
    expect(askOther).toHaveBeenCalledOnce();
  });

  it('leaves the pool alone when that link answers', async () => {
    server.admits = 'silence';
    askOther.mockResolvedValue();
    const checked = monitor.check();
    await vi.advanceTimersByTimeAsync(2_000);
    await checked;
    server.admits = 'yes';
    await vi.advanceTimersByTimeAsync(120_000);
    expect(monitor.state).toBe('live');
    expect(onDeadLink).not.toHaveBeenCalled();
  });
});

describe('a link that was closed', () => {
  it('is replaced at once, and nobody else’s is cut', async () => {
    await start();
    server.answers = 'ended';
    const checked = monitor.check();
    server.answers = 'yes';
    expect(await checked).toMatchObject({ state: 'live' });
    expect(states).toEqual(['checking', 'live']);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(onDeadLink).not.toHaveBeenCalled();
  });
});

describe('a server that refuses', () => {
  it('is not asked again with a password that it refused, unless somebody wants it', async () => {
    await start();
    server.answers = 'ended';
    server.admits = 'AuthenticationFailed';
    expect(await monitor.check()).toMatchObject({ state: 'lost', latencyMs: null });
    const { opened } = server;
    await vi.advanceTimersByTimeAsync(600_000);
    expect(server.opened).toBe(opened);
    expect(monitor.failure).toEqual({ reason: 'no', retryAt: null, neededSecret: 'password' });
    server.answers = 'yes';
    server.admits = 'yes';
    expect(await monitor.check()).toMatchObject({ state: 'live' });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(monitor.samples.at(-1)?.latencyMs).not.toBeNull();
  });

  it('is there all the same when it is only full', async () => {
    await start();
    server.answers = 'ended';
    server.admits = 'TooManyConnections';
    expect(await monitor.check()).toEqual({ state: 'live', latencyMs: null });
  });

  it('is not asked for room more often than it is checked', async () => {
    await start();
    server.answers = 'ended';
    server.admits = 'TooManyConnections';
    await monitor.check();
    const opened = server.opened;
    await vi.advanceTimersByTimeAsync(10 * defaultTiming.intervalMs);
    expect(server.opened - opened).toBeLessThanOrEqual(5);
    server.admits = 'yes';
    server.answers = 'yes';
    await vi.advanceTimersByTimeAsync(2 * defaultTiming.intervalMs);
    expect(monitor.failure).toBeNull();
  });
});

it('calls nothing back once it is stopped', async () => {
  await start();
  server.answers = 'silence';
  server.admits = 'silence';
  void monitor.check();
  await monitor.stop();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(states).toEqual([]);
  expect(onDoubt).not.toHaveBeenCalled();
  expect(server.opened).toBe(2);
});
