import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { connectClient } from '../../../src/main/db/session/client';
import type { ConnectionSettings } from '../../../src/main/db/session/connection-settings';
import { toDatabaseError } from '../../../src/main/db/errors/database-error';
import {
  isTransientConnectError,
  isTransientForOwnTransaction,
  withRetry,
} from '../../../src/main/db/retry';
import { createDatabase, type TestDatabase } from '../database';
import { TcpProxy } from '../tcp-proxy';
import { failureOf } from './failure-of';

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

async function connect(settings: ConnectionSettings): Promise<void> {
  const client = await connectClient(settings, { timeoutMs: 2_000 });
  await client.end();
}

it('connects once the server listens', async () => {
  const early = await TcpProxy.start(inject('postgres'));
  const { port } = early;
  await early.close();
  const starting: Promise<TcpProxy>[] = [];
  const codes: unknown[] = [];
  await withRetry(() => connect({ ...database.settings, port }), {
    attempts: 20,
    baseDelayMs: 10,
    isTransient: isTransientConnectError,
    onRetry: (attempt, error) => {
      codes.push(toDatabaseError(error).data.systemCode);
      if (attempt === 2) starting.push(TcpProxy.start(inject('postgres'), 'forward', port));
    },
  });
  expect(codes.slice(0, 2)).toEqual(['ECONNREFUSED', 'ECONNREFUSED']);
  for (const proxy of await Promise.all(starting)) await proxy.close();
});

it('never repeats a refused password or an unknown database', async () => {
  for (const change of [
    { password: () => Promise.resolve('wrong') },
    { database: 'nowhere' },
  ] satisfies Partial<ConnectionSettings>[]) {
    let attempts = 0;
    const error = await failureOf(
      withRetry(
        () => {
          attempts += 1;
          return connect({ ...database.settings, ...change });
        },
        { attempts: 5, isTransient: isTransientConnectError },
      ),
    );
    expect(error.kind).toMatch(/AuthenticationFailed|DatabaseNotFound/);
    expect(attempts).toBe(1);
  }
});

it('repeats a transaction of our own that the server rolled back', async () => {
  await database.query('CREATE TABLE counter AS SELECT 0 AS n');
  const client = await connectClient(database.settings, { timeoutMs: 2_000 });
  let attempts = 0;
  await withRetry(
    async () => {
      attempts += 1;
      try {
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
        await client.query('SELECT n FROM counter');
        // Somebody else is faster, the first time.
        if (attempts === 1) await database.query('UPDATE counter SET n = n + 10');
        await client.query('UPDATE counter SET n = n + 1');
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw toDatabaseError(error);
      }
    },
    { attempts: 3, baseDelayMs: 1, isTransient: isTransientForOwnTransaction },
  );
  await client.end();
  expect(attempts).toBe(2);
  expect((await database.query('SELECT n FROM counter')).rows).toEqual([{ n: 11 }]);
});
