import dns from 'node:dns';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { connectClient } from '../../../src/main/db/session/client';
import { createDatabase, type TestDatabase } from '../database';
import { failureOf } from './failure-of';

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => database.drop());

/** What the name service says of every name: no test can count on a name with two addresses. */
function resolveTo(...addresses: dns.LookupAddress[]): void {
  vi.spyOn(dns, 'lookup').mockImplementation(((
    _host: string,
    _options: dns.LookupAllOptions,
    callback: (error: null, found: dns.LookupAddress[]) => void,
  ) => setImmediate(callback, null, addresses)) as unknown as typeof dns.lookup);
}

it('tries the next address of a host when nobody listens at the first', async () => {
  resolveTo({ address: '::1', family: 6 }, { address: '127.0.0.1', family: 4 });
  const settings = { ...database.settings, host: 'db.example' };
  const client = await connectClient(settings, { timeoutMs: 5_000 });
  expect((await client.query('SELECT inet_server_addr() AS address')).rows).toEqual([
    { address: '127.0.0.1' },
  ]);
  await client.end();
});

it('says what was wrong when nobody listens at any', async () => {
  resolveTo({ address: '127.0.0.2', family: 4 }, { address: '127.0.0.3', family: 4 });
  const settings = { ...database.settings, host: 'db.example', port: 1 };
  const error = await failureOf(connectClient(settings, { timeoutMs: 5_000 }));
  expect(error.data).toMatchObject({ kind: 'ConnectionFailed', systemCode: 'ECONNREFUSED' });
});
