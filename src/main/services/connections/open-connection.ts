import type { Connection } from '@shared/models/connection-profile';
import type { ConnectionSettings } from '../../db/session/connection-settings';
import type { Pool } from '../../db/pool/pool';
import { addressOf } from '../../db/errors/error-context';
import type { Queryable } from '../../db/statements/queryable';
import { retryingReads } from '../../db/statements/retrying-reads';
import { ColumnDescriber } from '../query/columns/column-describer';
import { ResultStore } from '../query/results/result-store';
import type { TabResults } from '../query/session/tab-results';
import { TabSession } from '../query/session/tab-session';

/** A pool of clients to one database, with what the editor tabs hold on it. */
export class OpenConnection {
  readonly settings: ConnectionSettings;
  readonly pool: Pool;
  /** For reading the catalog: what a lost link interrupts is read again. */
  readonly catalog: Queryable;
  readonly describer: ColumnDescriber;
  #info: Connection;
  readonly #tabs = new Map<string, TabSession>();
  readonly #holders = new Map<string, () => Promise<void>>();

  readonly #results: ResultStore;
  readonly #onTabLost: (tabId: string) => void;

  /** `onTabLost` is told of a tab whose session ended with a transaction or settings of the tab. */
  constructor(
    info: Connection,
    settings: ConnectionSettings,
    pool: Pool,
    results: ResultStore = new ResultStore(),
    onTabLost: (tabId: string) => void = () => undefined,
  ) {
    this.#info = info;
    this.settings = settings;
    this.pool = pool;
    this.catalog = retryingReads(pool);
    this.#results = results;
    this.#onTabLost = onTabLost;
    this.describer = new ColumnDescriber(pool);
  }

  get connectionId(): string {
    return this.#info.connectionId;
  }

  /** Changes what a person sees of it. */
  relabel(label: Pick<Connection, 'name' | 'color' | 'environment' | 'confirmEverything'>): void {
    this.#info = { ...this.#info, ...label };
  }

  /** What is known of it now: a failover changes the host, a promotion its role. */
  get info(): Connection {
    const { current, mismatch } = this.pool.connector;
    if (current === null) return this.#info;
    const { address, version, isStandby, poolMode } = current;
    return {
      ...this.#info,
      ...address,
      serverVersion: version,
      ...(isStandby && { isStandby }),
      ...(poolMode !== null && { pooler: poolMode }),
      ...(mismatch !== null && { mismatch: `${addressOf(address)} ${mismatch}.` }),
    };
  }

  /** The tab's session, made at its first use. */
  tab(tabId: string): TabSession {
    const existing = this.#tabs.get(tabId);
    if (existing !== undefined) return existing;
    const { pool, settings, describer } = this;
    const session = new TabSession({
      pool,
      settings,
      describer,
      results: this.#results,
      holder: `query tab ${this.#tabs.size + 1}`,
      onLost: () => this.#onTabLost(tabId),
    });
    this.#tabs.set(tabId, session);
    return session;
  }

  /** The results of the tab that has this one. */
  resultsWith(resultId: string): TabResults | undefined {
    return [...this.#tabs.values()].find(({ results }) => results.has(resultId))?.results;
  }

  async closeTab(tabId: string): Promise<void> {
    const session = this.#tabs.get(tabId);
    this.#tabs.delete(tabId);
    await session?.close();
  }

  /**
   * Ends what all tabs hold: what runs and reads is cancelled, what is open rolled back. Exports go on.
   * Never raises.
   */
  async closeTabs(): Promise<void> {
    await Promise.allSettled([
      ...[...this.#tabs.keys()].map((tabId) => this.closeTab(tabId)),
      ...[...this.#holders.values()].map((end) => end()),
    ]);
  }

  /** Has `end` called with `closeTabs`: for whoever else holds a client of the pool for a tab. */
  addHolder(id: string, end: () => Promise<void>): void {
    this.#holders.set(id, end);
  }

  removeHolder(id: string): void {
    this.#holders.delete(id);
  }

  /** Cancels what runs, rolls back what is open, and ends every session. */
  async close(): Promise<void> {
    await this.closeTabs();
    await this.pool.close();
  }
}
