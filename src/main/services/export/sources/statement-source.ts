import type { Client } from 'pg';
import type { RowBatch } from '@shared/models/row-batch';
import { cancelledError, DatabaseError, toDatabaseError } from '../../../db/errors/database-error';
import { Portal } from '../../../db/statements/portal';
import type { PortalPage } from '../../../db/statements/portal-pages';
import type { RowSource } from '../row-source';

/** Rows of the first page: enough to learn how many columns there are. */
const firstPageRows = 100;
/** Cells that are encoded in one go, so that nothing else in the process waits for long. */
const cellsPerPage = 20_000;

/** A statement as it is sent: `values` are those of its parameters. */
export interface ReadStatement {
  readonly text: string;
  readonly values: readonly (string | null)[];
}

/** A session for one statement, with what surrounds it. */
export interface StatementLease {
  readonly client: Client;
  /** Makes a transaction or savepoint that only reads. */
  begin(): Promise<void>;
  /** Ends it after success. */
  finish(): Promise<void>;
  /** Ends it after a failure. */
  undo(): Promise<void>;
  /**
   * Asks the server to stop the statement, and resolves when it was told. Where nothing is lost with
   * the session, it resolves with `over`, the end of the statement, and ends the session if need be.
   */
  cancel(over: Promise<void>): Promise<void>;
}

/**
 * Runs a statement once more and hands its rows to `consume`, page by page: the socket rests while
 * nobody asks, and the server waits. One Execute without a limit keeps the server's parallel plan.
 * Raises DatabaseError: Cancelled by the signal, what the server says, and what `consume` raises.
 */
export async function readStatement<T>(
  lease: StatementLease,
  { text, values }: ReadStatement,
  signal: AbortSignal,
  consume: (source: RowSource) => Promise<T>,
): Promise<T> {
  if (signal.aborted) throw cancelledError();
  const portal = new Portal(text, { values, strategy: 'streamed' });
  let isStarted = false;
  let cancelling: Promise<void> | null = null;
  const cancel = (): void => {
    // Before the statement is sent there is nothing to stop.
    if (isStarted && !portal.hasEnded) cancelling ??= lease.cancel(portal.ended);
    // Whoever waits for it hears of its failure.
    cancelling?.catch(() => undefined);
  };
  const stop = async (): Promise<void> => {
    // It discards what still comes: a server that waits to send would not see the request.
    const closed = isStarted ? portal.close() : undefined;
    cancel();
    await cancelling;
    await closed;
  };
  signal.addEventListener('abort', cancel);
  try {
    await lease.begin();
    if (signal.aborted) throw cancelledError();
    isStarted = true;
    const first = await portal.start(lease.client, firstPageRows);
    if (portal.fields === null) throw noRows();
    const columns = portal.fields.map((field) => ({
      name: field.name,
      typeOid: field.dataTypeID,
      tableOid: field.tableID,
      tableColumn: field.columnID,
    }));
    const value = await consume({ columns, batches: () => pages(portal, first, columns.length) });
    const isRead = portal.hasEnded;
    await stop();
    await (isRead ? lease.finish() : lease.undo());
    return value;
  } catch (error) {
    await stop();
    // What failed first says more than that a lost link undoes nothing any more.
    await lease.undo().catch(() => undefined);
    if (signal.aborted) throw cancelledError();
    throw toDatabaseError(error, { phase: 'query', statement: text });
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

async function* pages(
  portal: Portal,
  first: PortalPage,
  columnCount: number,
): AsyncGenerator<RowBatch, void, undefined> {
  const rows = Math.max(1, Math.floor(cellsPerPage / Math.max(1, columnCount)));
  let page = first;
  yield page.rows;
  while (page.hasMore) {
    page = await portal.read(rows);
    yield page.rows;
  }
}

function noRows(): DatabaseError {
  return new DatabaseError({
    kind: 'InvalidInput',
    message: 'This statement returns no rows to export.',
    advice: 'Export the result of a query.',
  });
}
