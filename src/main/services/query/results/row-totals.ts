import type { ParameterValues } from '@shared/models/query-parameter';
import type { TotalRows } from '@shared/models/query-result';
import { cellText } from '@shared/models/row-batch';
import { DatabaseError } from '../../../db/errors/database-error';
import type { ConnectionRegistry } from '../../connections/connection-registry';
import type { OpenConnection } from '../../connections/open-connection';
import { plannedRows } from '../../planned-rows';
import { Reads } from '../../table-data/reads';
import { Examiner } from '../examination/examiner';
import { planRun } from '../run/run-plan';
import { isPlainRead } from '../session/read-strategy';
import type { SentStatement } from '../run/parameters';

/** What planning may take. Milliseconds. */
const estimateLimitMs = 2_000;
/** What counting may take. Milliseconds. */
const countLimitMs = 5 * 60_000;

/** A statement whose first rows are shown. */
export interface TotalRequest {
  readonly tabId: string;
  /** Names the look at the total, to cancel it. */
  readonly readId: string;
  readonly statement: string;
  readonly parameters?: ParameterValues | undefined;
}

/**
 * How many rows the statement of a tab has, without reading them: on a session of the pool, in a
 * transaction that can only read, beside the tab's own session. Every failure is a DatabaseError.
 */
export class RowTotals {
  readonly #connections: Pick<ConnectionRegistry, 'get'>;
  readonly #examiner: Examiner;
  readonly #reads = new Reads();

  constructor(connections: Pick<ConnectionRegistry, 'get'>, examiner = new Examiner()) {
    this.#connections = connections;
    this.#examiner = examiner;
  }

  /**
   * What the planner expects; nothing runs. Unknown when the statement may do more than read, when what
   * it reads may be seen by the tab's session alone, and when no session is free for the question.
   */
  async estimate(
    connectionId: string,
    request: TotalRequest,
  ): Promise<{ total: TotalRows; canCount: boolean }> {
    const connection = this.#connections.get(connectionId);
    const sent = await this.#countable(connection, request);
    if (sent === null) return { total: { kind: 'unknown' }, canCount: false };
    if (!hasRoom(connection)) return { total: { kind: 'unknown' }, canCount: true };
    const explained = await this.#readValue(connection, request.readId, estimateLimitMs, {
      text: `EXPLAIN (FORMAT JSON) ${sent.text}`,
      values: sent.values,
    });
    return { total: { kind: 'estimated', rows: plannedRows(explained) }, canCount: true };
  }

  /** Runs the statement to count its rows. Raises Timeout after five minutes, and InvalidInput. */
  async count(connectionId: string, request: TotalRequest): Promise<TotalRows> {
    const connection = this.#connections.get(connectionId);
    const sent = await this.#countable(connection, request);
    if (sent === null) {
      throw new DatabaseError({
        kind: 'InvalidInput',
        message: 'The rows of this statement cannot be counted without running it as it is.',
        advice: 'Read all rows instead.',
      });
    }
    const count = await this.#readValue(connection, request.readId, countLimitMs, {
      // A comment at the end of the statement ends with its line.
      text: `SELECT pg_catalog.count(*) FROM (${sent.text}\n) AS counted`,
      values: sent.values,
    });
    return { kind: 'exact', rows: Number(count) };
  }

  /** Stops an estimate or a count; unknown ids are ignored. */
  cancel(readId: string): Promise<void> {
    return this.#reads.cancel(readId);
  }

  /** The statement as it is sent; null when it does more than read, or reads what only the tab can see. */
  async #countable(
    connection: OpenConnection,
    { tabId, statement, parameters }: TotalRequest,
  ): Promise<SentStatement | null> {
    if (connection.tab(tabId).isBound) return null;
    const request = { text: statement, target: { kind: 'all' }, parameters } as const;
    const [planned, second] = await planRun(this.#examiner, request);
    if (planned === undefined || second !== undefined) return null;
    return isPlainRead(planned.analysis) ? planned.sent : null;
  }

  async #readValue(
    connection: OpenConnection,
    readId: string,
    limitMs: number,
    statement: { readonly text: string; readonly values: readonly (string | null)[] },
  ): Promise<string> {
    try {
      return await this.#reads.run(connection, readId, async (session) => {
        await session.run({ text: `SET LOCAL statement_timeout = ${limitMs}`, values: [] });
        const { rows } = await session.run(statement);
        return cellText(rows, 0, 0) ?? '';
      });
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.kind !== 'Timeout') throw error;
      const advice = 'Read all rows, or narrow the statement.';
      throw new DatabaseError(
        { ...error.data, message: `It took longer than ${limitMs / 1_000} s.`, advice },
        { cause: error },
      );
    }
  }
}

/** Whether the pool has a session to spare without anyone waiting for it. */
function hasRoom({ pool }: OpenConnection): boolean {
  const { idle, total, max, waiting } = pool.stats();
  return waiting === 0 && (idle > 0 || total < max);
}
