import type { OpenProbe } from './probe';

/** Limits of a monitor in milliseconds. A dead link is found after interval + ping + connect at most. */
export interface MonitorTiming {
  readonly intervalMs: number;
  readonly pingTimeoutMs: number;
  readonly connectTimeoutMs: number;
  /** For how long samples are kept. */
  readonly historyMs: number;
  /** The least time that an old link has to answer once a new one works. */
  readonly graceMs: number;
}

/** Those of the application. */
export const defaultTiming: MonitorTiming = {
  intervalMs: 5_000,
  pingTimeoutMs: 2_000,
  connectTimeoutMs: 2_000,
  historyMs: 5 * 60_000,
  graceMs: 10_000,
};

/** What a monitor needs, and whom it tells. */
export interface MonitorOptions {
  readonly openProbe: OpenProbe;
  readonly timing?: Partial<MonitorTiming>;
  /** From 0 to 1, for the jitter of reconnecting; Math.random by default. */
  readonly random?: () => number;
  /** The state is another one than before. */
  readonly onChange: () => void;
  /** The server is still lost: the reason and the time of the next try are new. */
  readonly onFailedAgain?: () => void;
  /** The link did not answer: others of its age may be dead too. */
  readonly onDoubt: () => void;
  /**
   * The server answers on a new link and not on an old one: those on which nothing came since a time
   * (performance.now()) are dead.
   */
  readonly onDeadLink: (silentSince: number) => void;
  /** A check brought no word of the server, neither on the old link nor on a new one. */
  readonly onSilence?: () => void;
  /** A check brought one. */
  readonly onAnswer?: () => void;
  /**
   * Asks a link that is not the monitor's own for a sign of life, where there is one: to judge links by
   * when the monitor has none yet. Rejects when that link ends.
   */
  readonly askOther?: () => Promise<void> | null;
}
