import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectClient } from '../../../src/main/db/session/client';
import type { DatabaseErrorData } from '../../../src/shared/models/database-error';
import { createDatabase, type TestDatabase } from '../database';
import { startTestServer, type RunningTestServer } from '../server';
import { failureOf } from './failure-of';

/** Rules by user name, since the roles themselves need not exist for most refusals. */
const rules = `
host all postgres 127.0.0.1/32 scram-sha-256
host all barred   127.0.0.1/32 reject
host all outside  127.0.0.1/32 ident
`;

let folder: string;
let server: RunningTestServer;
let database: TestDatabase;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-hba-'));
  // The server may run as a system user of its own.
  await chmod(folder, 0o755);
  const file = join(folder, 'pg_hba.conf');
  await writeFile(file, rules, { mode: 0o644 });
  server = await startTestServer({ hba_file: file });
  database = await createDatabase(server.address);
});
afterAll(async () => {
  await database.drop();
  await server.stop();
  await rm(folder, { recursive: true });
});

async function connectAs(user: string): Promise<DatabaseErrorData> {
  const settings = { ...database.settings, user };
  return (await failureOf(connectClient(settings, { timeoutMs: 5_000 }))).data;
}

it.each([
  ['nobody', 'no rule', 'without TLS. If the server requires TLS, set the SSL mode to "require"'],
  ['barred', 'a rule that rejects', 'No rule in the server’s pg_hba.conf lets user "barred"'],
  ['outside', 'another way of logging in', 'by other means than a password'],
])('advises user %s, for whom there is %s', async (user, _, advice) => {
  expect(await connectAs(user)).toMatchObject({
    kind: 'AuthenticationFailed',
    sqlState: '28000',
    advice: expect.stringContaining(advice.replace('’', "'")),
  });
});
