import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import type { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { DatabaseService } from '../../../src/main/services/db-service';
import type { AskToEnd } from '../../../src/main/services/query/cancelling/escalation';
import { loadParser } from '../../../src/main/sql/parser';
import type { ConnectionSettings } from '../../../src/main/db/session/connection-settings';
import type { QueryResult, QueryRun } from '../../../src/shared/models/query-result';
import { rowTexts } from '../../../src/shared/models/row-batch';
import type { TabOptions } from '../../../src/shared/models/tab-options';
import { openConnection } from './open-connection';

/** An editor tab on a connection of its own, with options. Every question is answered with yes. */
export class OptionsTab {
  readonly tabId = randomUUID();
  executionId: string = randomUUID();
  options: TabOptions | undefined;

  private constructor(
    readonly registry: ConnectionRegistry,
    readonly service: DatabaseService,
    readonly connectionId: string,
  ) {}

  static async open(settings: ConnectionSettings): Promise<OptionsTab> {
    await loadParser();
    const { registry, connectionId } = await openConnection(settings);
    return new OptionsTab(registry, new DatabaseService(registry), connectionId);
  }

  run(text: string): Promise<QueryRun> {
    this.executionId = randomUUID();
    return this.service.executeQuery(
      this.connectionId,
      {
        tabId: this.tabId,
        executionId: this.executionId,
        text,
        target: { kind: 'all' },
        options: this.options,
      },
      {
        confirm: () => Promise.resolve({ choice: 'run', waive: false }),
        onProgress: () => undefined,
      },
    );
  }

  /** Runs one statement that must succeed. */
  async only(text: string): Promise<QueryResult> {
    const { outcomes } = await this.run(text);
    const [outcome] = outcomes;
    if (outcome?.status !== 'done') throw new Error(JSON.stringify(outcome));
    return outcome.result;
  }

  /** The one value that a statement gives. */
  async value(text: string): Promise<string | null | undefined> {
    return rowTexts((await this.only(text)).rows, 0)[0];
  }

  /** A setting as whoever takes the next session of the pool finds it. */
  async inPool(setting: string): Promise<string | null | undefined> {
    const { pool } = this.registry.get(this.connectionId);
    // What was given back is reset before it is free again.
    await vi.waitUntil(() => pool.stats().active === 0);
    const [row] = await pool.query(`SHOW ${setting}`);
    return row?.[setting];
  }

  /** `ask` is asked soon: a test does not have a person's patience. */
  cancel(ask?: AskToEnd): Promise<void> {
    return this.service.cancelQuery(this.executionId, ask && { ask, patienceMs: 300 });
  }

  close(): Promise<void> {
    return this.registry.closeAll();
  }
}
