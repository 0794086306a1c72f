import { cancelRunningStatement } from '../../../db/statements/cancel';
import { cancelledError, DatabaseError } from '../../../db/errors/database-error';
import type { PooledClient } from '../../../db/pool/pooled-client';
import type { OpenConnection } from '../../connections/open-connection';
import type { OpenSource } from '../row-source';
import { endReader } from '../../query/cancelling/end-backend';
import { type ReadStatement, readStatement, type StatementLease } from './statement-source';

/**
 * Reads on a client of the export's own, in a transaction that can only read. `settings` are SET LOCAL
 * commands.
 */
export function onOwnClient(
  connection: OpenConnection,
  statement: ReadStatement,
  settings: readonly string[],
): OpenSource {
  return async (signal, consume) => {
    const client = await connection.pool.acquire({ holder: 'export', signal });
    try {
      return await readStatement(
        ownLease(client, connection, settings),
        statement,
        signal,
        consume,
      );
    } finally {
      client.release();
    }
  };
}

/**
 * Reads on the session of an editor tab, in turn with the tab's own statements: what the tab has set,
 * made or not committed yet is only seen there. The session is left as it was found.
 */
export function onTabSession(
  connection: OpenConnection,
  tabId: string,
  statement: ReadStatement,
  settings: readonly string[],
): OpenSource {
  return (signal, consume) => {
    const tab = connection.tab(tabId);
    let hasTurn = false;
    const turn = tab.lend(async (client) => {
      hasTurn = true;
      const { transaction } = tab;
      if (transaction === 'failed') throw transactionFailed();
      const cancel = (): Promise<void> => tab.cancel();
      const lease =
        transaction === 'open'
          ? savepointLease(client, cancel, settings)
          : transactionLease(client, cancel, settings);
      return readStatement(lease, statement, signal, consume);
    });
    // Behind a long statement of the tab a cancel must not wait for it, and must not stop it.
    const givenUp = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        if (!hasTurn) reject(cancelledError());
      });
    });
    return Promise.race([turn, givenUp]);
  };
}

function ownLease(
  client: PooledClient,
  { settings, pool }: OpenConnection,
  localSettings: readonly string[],
): StatementLease {
  const cancel = async (over: Promise<void>): Promise<void> => {
    const isTold = await cancelRunningStatement(client.client, settings).then(
      () => true,
      () => false,
    );
    await endReader(pool, client, over, isTold ? undefined : 0);
  };
  return transactionLease(client, cancel, localSettings);
}

function transactionLease(
  client: PooledClient,
  cancel: StatementLease['cancel'],
  settings: readonly string[],
): StatementLease {
  return {
    client: client.client,
    cancel,
    begin: () =>
      run(client, ['BEGIN READ ONLY', ...client.transactionSettings, ...settings].join('; ')),
    finish: () => run(client, 'COMMIT'),
    undo: () => run(client, 'ROLLBACK'),
  };
}

/** Within the tab's transaction: a failure undoes nothing but the export (manual, "SAVEPOINT"). */
function savepointLease(
  client: PooledClient,
  cancel: StatementLease['cancel'],
  settings: readonly string[],
): StatementLease {
  // Settings would outlive a savepoint that is only released (manual, "SET").
  const undo = async (): Promise<void> => {
    await run(client, 'ROLLBACK TO SAVEPOINT postern_export');
    await run(client, 'RELEASE SAVEPOINT postern_export');
  };
  return {
    client: client.client,
    cancel,
    async begin() {
      await run(client, 'SAVEPOINT postern_export');
      // Read-only ends with the savepoint (source, CommitSubTransaction in xact.c).
      await run(client, ['SET TRANSACTION READ ONLY', ...settings].join('; '));
    },
    finish: undo,
    undo,
  };
}

async function run(client: PooledClient, sql: string): Promise<void> {
  await client.query(sql);
}

function transactionFailed(): DatabaseError {
  return new DatabaseError({
    kind: 'TransactionFailed',
    message: "The tab's transaction has failed, and the server answers nothing in it any more.",
    advice: 'Roll it back, or export the rows that were read.',
  });
}
