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
  /** The server answers on a new link and no longer on the old one: links of its age are dead. */
  readonly onDeadLink: () => void;
}
