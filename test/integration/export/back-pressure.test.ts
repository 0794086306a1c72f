import { Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cancelRunningStatement } from '../../../src/main/db/statements/cancel';
import { connectClient } from '../../../src/main/db/session/client';
import { encode } from '../../../src/main/services/export/encode';
import { readStatement } from '../../../src/main/services/export/sources/statement-source';
import { exportOptionsSchema, exportFormats } from '../../../src/shared/models/export';
import { createDatabase, type TestDatabase } from '../database';

/** What may lie between a server that waits and a writer that does: a page, and the socket's buffers. */
const mostBytesInFlight = 16 * 1024 * 1024;

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

it.each(exportFormats)('holds a bounded part of a huge result while %s waits', async (format) => {
  const session = await connectClient(database.settings, {
    timeoutMs: 5_000,
  });
  const { stream } = session.connection;
  if (!(stream instanceof Socket)) throw new Error('The session has no socket.');
  const run = async (sql: string): Promise<void> => void (await session.query(sql));
  const lease = {
    client: session,
    begin: () => run('BEGIN READ ONLY'),
    finish: () => run('COMMIT'),
    undo: () => run('ROLLBACK'),
    cancel: () => cancelRunningStatement(session, database.settings),
  };
  const options = exportOptionsSchema.parse({
    format,
    ...(format === 'insert' && { table: 't' }),
  });
  // Four gigabytes: whatever gathered it would be found out.
  const text = `select generate_series(1, 4000000) as n, repeat('x', 1000) as x`;
  const statement = { text, values: [] };
  try {
    await readStatement(lease, statement, new AbortController().signal, async (source) => {
      const chunks = encode(source.columns, source.batches(), options, () => undefined);
      const iterator = chunks[Symbol.asyncIterator]();
      for (let taken = 0; taken < 3; taken += 1) await iterator.next();
      // Nobody asks for more: the server fills the buffers between, then waits to send.
      await expect
        .poll(
          async () => {
            const { rows } = await database.query<{ wait_event: string | null }>(
              'select wait_event from pg_stat_activity where pid = $1',
              [session.processID],
            );
            return rows[0]?.wait_event;
          },
          { timeout: 20_000 },
        )
        .toBe('ClientWrite');
      expect(stream.bytesRead).toBeLessThan(mostBytesInFlight);
      await iterator.return?.();
    });
  } finally {
    await session.end();
  }
});
