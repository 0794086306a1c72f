import type { ConnectionTest } from '@shared/models/connection-profile';
import type { Database } from '@shared/models/database';
import type { QueryParameter, RefusedValue } from '@shared/models/query-parameter';
import type {
  PaginatedResult,
  PaginationParams,
  QueryRun,
  ReadState,
  RowsPage,
} from '@shared/models/query-result';
import type { Schema } from '@shared/models/schema';
import type { Table, TableInfo } from '@shared/models/table';
import type { ConnectionSettings } from '../db/session/connection-settings';
import type { ConnectionRegistry } from './connections/connection-registry';
import type { QueryHistory } from './history/query-history';
import { recordRun } from './history/record-run';
import { getTableInfo } from './introspection/get-table-info';
import { listDatabases } from './introspection/list-databases';
import { listSchemas } from './introspection/list-schemas';
import { listTables, listTablesOf } from './introspection/list-tables';
import { testConnection, type ConnectionTestOptions } from './profiles/connection-test';
import { testHosts } from './profiles/hosts-test';
import {
  listParameters,
  type ParameterRequest,
  refusedValues,
  type ValuesRequest,
} from './query/run/parameters';
import { Examiner } from './query/examination/examiner';
import { readPage } from './query/results/read-page';
import { resultGone } from './query/results/result-gone';
import type { WantedRows, TabResults } from './query/session/tab-results';
import type { Asking } from './query/cancelling/escalation';
import { QueryRunner } from './query/run/query-runner';
import type { RunHooks, RunRequest } from './query/run/run-request';

/** Everything that can be asked of an open connection. Every failure is a DatabaseError. */
export class DatabaseService {
  readonly #connections: ConnectionRegistry;
  readonly #history: QueryHistory | null;
  readonly #examiner: Examiner;
  readonly #runner: QueryRunner;

  /** Without a history, what is run is not kept. */
  constructor(
    connections: ConnectionRegistry,
    history: QueryHistory | null = null,
    examiner = new Examiner(),
  ) {
    this.#connections = connections;
    this.#history = history;
    this.#examiner = examiner;
    this.#runner = new QueryRunner(examiner);
  }

  /** Runs statements of an editor tab; what the server refuses is an outcome, not an error. */
  executeQuery(connectionId: string, request: RunRequest, hooks: RunHooks): Promise<QueryRun> {
    const connection = this.#connections.get(connectionId);
    const history = this.#history;
    if (history === null) return this.#runner.run(connection, request, hooks);
    return recordRun(history, connection.info, request, (onSending) =>
      this.#runner.run(connection, request, { ...hooks, onSending }),
    );
  }

  /** The parameters of what is to run, each name once. Nothing runs. */
  listParameters(connectionId: string, request: ParameterRequest): Promise<QueryParameter[]> {
    return listParameters(this.#connections.get(connectionId), this.#examiner, request);
  }

  /** The values that their types refuse, with what the server says. Nothing runs. */
  refusedValues(connectionId: string, request: ValuesRequest): Promise<RefusedValue[]> {
    return refusedValues(this.#connections.get(connectionId), request);
  }

  /**
   * Stops a run that executeQuery started under this id; unknown ids are ignored. `asking` is for a server
   * that does not stop: see QueryRunner.cancel.
   */
  cancelQuery(executionId: string, asking?: Asking): Promise<void> {
    return this.#runner.cancel(executionId, asking);
  }

  /**
   * Rows of a result by number, read on from the server where they were not yet. Raises NotFound when
   * the result is closed.
   */
  readRows(resultId: string, range: WantedRows): Promise<RowsPage> {
    return this.#resultsWith(resultId).readRows(resultId, range);
  }

  /** One whole cell, null for NULL. Raises NotFound when the result is closed. */
  readCell(resultId: string, cell: { row: number; column: number }): Promise<Uint8Array | null> {
    return this.#resultsWith(resultId).readCell(resultId, cell.row, cell.column);
  }

  /** One page of a result, whole. Raises NotFound when the result is closed. */
  async getResultPage(resultId: string, params: PaginationParams): Promise<PaginatedResult> {
    const results = this.#resultsWith(resultId);
    return readPage((range) => results.readRows(resultId, range), params);
  }

  /** Reads a result to its end, or until `stopReading`. The rows stay in main. Raises DatabaseError. */
  readAll(resultId: string, onProgress: (state: ReadState) => void): Promise<ReadState> {
    return this.#resultsWith(resultId).readAll(resultId, onProgress);
  }

  /** Ends `readAll` with what was read so far; unknown ids are ignored. */
  stopReading(resultId: string): void {
    this.#find(resultId)?.stopReading(resultId);
  }

  /** Frees a result and gives up its unread rows; one that is closed already is no error. */
  async closeResult(resultId: string): Promise<void> {
    await this.#find(resultId)?.closeResult(resultId);
  }

  /** Cancels what the tab runs and rolls back its open transaction. */
  async closeTab(connectionId: string, tabId: string): Promise<void> {
    await this.#connections.find(connectionId)?.closeTab(tabId);
  }

  listDatabases(connectionId: string): Promise<Database[]> {
    return listDatabases(this.#connections.get(connectionId).catalog);
  }

  listSchemas(connectionId: string): Promise<Schema[]> {
    return listSchemas(this.#connections.get(connectionId).catalog);
  }

  listTables(connectionId: string, schema: string): Promise<Table[]> {
    return listTables(this.#connections.get(connectionId).catalog, schema);
  }

  listTablesOf(connectionId: string, schemas: readonly string[]): Promise<Table[]> {
    return listTablesOf(this.#connections.get(connectionId).catalog, schemas);
  }

  /** Raises TableNotFound when the relation is not there any more. */
  getTableInfo(connectionId: string, schema: string, table: string): Promise<TableInfo> {
    return getTableInfo(this.#connections.get(connectionId).catalog, schema, table);
  }

  /** Opens and closes one session; never raises for a failure of the connection. Milliseconds. */
  testConnection(
    settings: ConnectionSettings,
    options: ConnectionTestOptions,
  ): Promise<ConnectionTest> {
    const { otherHosts, targetSessionAttrs = 'any' } = settings;
    return otherHosts === undefined && targetSessionAttrs === 'any'
      ? testConnection(settings, options)
      : testHosts(settings, options);
  }

  #find(resultId: string): TabResults | undefined {
    for (const connection of this.#connections.all()) {
      const results = connection.resultsWith(resultId);
      if (results !== undefined) return results;
    }
    return undefined;
  }

  #resultsWith(resultId: string): TabResults {
    const results = this.#find(resultId);
    if (results === undefined) throw resultGone();
    return results;
  }
}
