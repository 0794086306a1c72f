import type { SecretName } from '@shared/models/connection-profile';
import type { DbHealth, LatencySample } from '@shared/models/health';
import { within } from '../../db/deadline';
import { DatabaseError } from '../../db/errors/database-error';
import { backOffMs } from '../../db/retry';
import { defaultTiming, type MonitorOptions, type MonitorTiming } from './monitor-options';
import type { Probe } from './probe';

/** What a monitor knows after a check. */
export type Health = Pick<DbHealth, 'state' | 'latencyMs'>;

/** TCP sends unanswered data again after waits that double up to this; see RFC 6298 and tcp(7). */
const longestRetransmissionMs = 120_000;

/** Kinds of failures that trying again by itself would only repeat; it may even lock an account. */
const refusals: ReadonlySet<string> = new Set([
  'AuthenticationFailed',
  'DatabaseNotFound',
  'HostKeyRefused',
  'InvalidInput',
  // Each try may open a window that asks for the password of the keychain.
  'KeychainUnavailable',
]);

/** So many tries in vain, the first minute or so, a person waits for the server: none waits longer than this. */
const keenTries = 40;
const keenDelayMs = 2_000;

/** Why the last check failed, and when the next one comes; null when it is not tried again by itself. */
export interface MonitorFailure {
  readonly reason: string;
  readonly retryAt: Date | null;
  /** The secret of which another one may help; null where none would. */
  readonly neededSecret: SecretName | null;
}

/** A link that did not answer in time, and the answer that may still come. */
interface Suspect {
  /** Null where the link is somebody else's. */
  readonly probe: Probe | null;
  readonly answer: Promise<void>;
  /** performance.now(), which no change of the clock moves. */
  readonly since: number;
  hasAnswered: boolean;
}

/**
 * Watches one server by a probe: `live` while it answers, `checking` once it did not and a new link
 * is tried, `lost` when that fails too, until one works again.
 */
export class ConnectionMonitor {
  readonly #options: MonitorOptions;
  readonly #timing: MonitorTiming;
  readonly #stopping = new AbortController();
  #samples: readonly { readonly at: number; readonly latencyMs: number | null }[] = [];
  #state: DbHealth['state'] = 'live';
  /** All that are open: the one in use, and old ones whose answer is awaited. */
  readonly #probes = new Set<Probe>();
  #probe: Probe | null = null;
  #suspect: Suspect | null = null;
  #checking: Promise<Health> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #failures = 0;
  #failure: MonitorFailure | null = null;

  constructor(options: MonitorOptions) {
    this.#options = options;
    this.#timing = { ...defaultTiming, ...options.timing };
  }

  get state(): DbHealth['state'] {
    return this.#state;
  }

  /** Null while the server answers. */
  get failure(): MonitorFailure | null {
    return this.#failure;
  }

  /** The round trips of the last five minutes, oldest first. */
  get samples(): LatencySample[] {
    return this.#samples.map(({ at, latencyMs }) => ({
      at: new Date(at).toISOString(),
      latencyMs,
    }));
  }

  /** Checks now, or takes part in the check that is under way; the next one follows by itself. Never raises. */
  check(): Promise<Health> {
    clearTimeout(this.#timer);
    this.#checking ??= this.#check().finally(() => {
      this.#checking = null;
      this.#schedule();
    });
    return this.#checking;
  }

  /** Ends watching. Nothing is called back any more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    await Promise.all([...this.#probes].map((probe) => probe.close()));
  }

  async #check(): Promise<Health> {
    if (this.#probe !== null) {
      const probe = this.#probe;
      const answer = probe.ping();
      try {
        return this.#answered(await this.#timed(answer));
      } catch (error) {
        this.#probe = null;
        this.#doubt(probe, answer, error);
      }
    }
    try {
      return this.#answered(await this.#pingAnew());
    } catch (error) {
      return this.#failed(error);
    }
  }

  /** Milliseconds of one answer; raises when it does not come in time. */
  async #timed(answer: Promise<void>): Promise<number> {
    const start = performance.now();
    await within(this.#timing.pingTimeoutMs, answer, pingTimeout);
    return performance.now() - start;
  }

  async #pingAnew(): Promise<number> {
    const { signal } = this.#stopping;
    const probe = await this.#options.openProbe(this.#timing.connectTimeoutMs, signal);
    this.#probes.add(probe);
    try {
      const latencyMs = await this.#timed(probe.ping());
      if (signal.aborted) throw pingTimeout();
      this.#probe = probe;
      return latencyMs;
    } catch (error) {
      this.#close(probe);
      throw error;
    }
  }

  #doubt(probe: Probe, answer: Promise<void>, error: unknown): void {
    if (this.#stopping.signal.aborted) return;
    this.#options.onDoubt();
    const isSilent = error instanceof DatabaseError && error.kind === 'Timeout';
    // A link that was closed has told so to everyone: only silence is worth a second look.
    if (isSilent && this.#suspect === null) this.#suspectLink(probe, answer);
    else this.#close(probe);
    this.#change('checking');
  }

  #suspectLink(probe: Probe | null, answer: Promise<void>): void {
    const suspect: Suspect = { probe, answer, since: performance.now(), hasAnswered: false };
    this.#suspect = suspect;
    // Its end without an answer is told by whoever waits for it.
    noteAnswer(suspect).catch(() => undefined);
  }

  /**
   * The server answers again. Whether links of before still live shows in the old probe: what it
   * sent is sent again by TCP, after a wait that is at most as long as the silence was.
   */
  #judge(): void {
    const suspect = this.#suspect;
    if (suspect === null) return;
    this.#suspect = null;
    const silenceMs = Math.min(performance.now() - suspect.since, longestRetransmissionMs);
    const graceMs = Math.max(this.#timing.graceMs, silenceMs);
    void within(graceMs, suspect.answer, pingTimeout)
      .catch(() => {
        if (!this.#stopping.signal.aborted) this.#options.onDeadLink(suspect.since);
      })
      .finally(() => suspect.probe !== null && this.#close(suspect.probe));
  }

  /** Nobody hears anything of the server: a link that is not the probe's tells later which ones live. */
  #silent(): void {
    if (this.#stopping.signal.aborted || this.#suspect?.hasAnswered === true) return;
    if (this.#suspect === null) {
      const answer = this.#options.askOther?.() ?? null;
      if (answer !== null) this.#suspectLink(null, answer);
    }
    this.#options.onSilence?.();
  }

  #heard(): void {
    if (this.#stopping.signal.aborted) return;
    this.#judge();
    this.#options.onAnswer?.();
  }

  #close(probe: Probe): void {
    this.#probes.delete(probe);
    void probe.close();
  }

  #answered(latencyMs: number): Health {
    this.#failures = 0;
    this.#failure = null;
    this.#record(latencyMs);
    this.#heard();
    this.#change('live');
    return { state: this.#state, latencyMs };
  }

  #failed(error: unknown): Health {
    this.#failures += 1;
    this.#record(null);
    const kind = error instanceof DatabaseError ? error.kind : 'Internal';
    const isRefused = refusals.has(kind);
    // A server that is full is there all the same, and each try is a line in its log.
    const isFull = kind === 'TooManyConnections';
    if (isWordOfServer(error)) this.#heard();
    else this.#silent();
    this.#failure = {
      reason: reasonOf(error),
      neededSecret: secretRefused(error),
      retryAt: isRefused ? null : new Date(Date.now() + this.#backOffMs(isFull)),
    };
    const wasLost = this.#state === 'lost';
    this.#change(isFull ? 'live' : 'lost');
    if (wasLost && !this.#stopping.signal.aborted) this.#options.onFailedAgain?.();
    return { state: this.#state, latencyMs: null };
  }

  #record(latencyMs: number | null): void {
    const now = Date.now();
    // A clock that was set back leaves samples in the future.
    const kept = this.#samples.filter(({ at }) => at >= now - this.#timing.historyMs && at <= now);
    this.#samples = [...kept, { at: now, latencyMs }];
  }

  #change(state: DbHealth['state']): void {
    if (this.#state === state || this.#stopping.signal.aborted) return;
    this.#state = state;
    this.#options.onChange();
  }

  #schedule(): void {
    if (this.#stopping.signal.aborted || this.#failure?.retryAt === null) return;
    const retryAt = this.#failure?.retryAt?.getTime();
    const waitMs =
      retryAt === undefined ? this.#timing.intervalMs : Math.max(0, retryAt - Date.now());
    this.#timer = setTimeout(() => void this.check(), waitMs);
  }

  #backOffMs(isFull: boolean): number {
    const longest = 2 * this.#timing.intervalMs;
    if (isFull) return longest;
    return backOffMs(this.#failures, {
      baseDelayMs: 500,
      maxDelayMs: Math.min(longest, this.#failures > keenTries ? longest : keenDelayMs),
      ...(this.#options.random && { random: this.#options.random }),
    });
  }
}

async function noteAnswer(suspect: Suspect): Promise<void> {
  await suspect.answer;
  suspect.hasAnswered = true;
}

/** Whatever a server says of itself in an error has a SQLSTATE; a refusal is a sign of life too. */
function isWordOfServer(error: unknown): boolean {
  return error instanceof DatabaseError && error.data.sqlState !== undefined;
}

function secretRefused(error: unknown): SecretName | null {
  if (!(error instanceof DatabaseError)) return null;
  const { sqlState, field } = error.data;
  if (sqlState === '28P01' || field === 'password') return 'password';
  return field === 'ssh.secret' ? 'sshSecret' : null;
}

/** With the reason of each host, where there are several. */
function reasonOf(error: unknown): string {
  if (!(error instanceof DatabaseError)) return 'The check itself failed.';
  return error.cause instanceof AggregateError && error.data.detail !== undefined
    ? `${error.message} ${error.data.detail.replaceAll('\n', ' ')}`
    : error.message;
}

function pingTimeout(): DatabaseError {
  return new DatabaseError({ kind: 'Timeout', message: 'The server did not answer in time.' });
}
