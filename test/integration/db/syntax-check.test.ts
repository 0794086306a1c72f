import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { connectClient } from '../../../src/main/db/session/client';
import type { Session } from '../../../src/main/db/session/session';
import { SyntaxCheck } from '../../../src/main/db/statements/syntax-check';
import { createDatabase, type TestDatabase } from '../database';

let database: TestDatabase;
let session: Session;

beforeAll(async () => {
  database = await createDatabase();
  await database.query('create table kept as select 1 as id');
});
afterAll(() => database.drop());
beforeEach(async () => {
  session = await connectClient(database.settings, { timeoutMs: 5_000 });
  return () => session.end();
});

it('accepts what the server accepts, and runs nothing of it', async () => {
  for (const text of ['drop table kept', 'delete from kept', 'truncate kept', 'select 1']) {
    await new SyntaxCheck(text).run(session);
  }
  const { rows } = await session.query<{ n: string }>('select count(*) as n from kept');
  expect(rows).toEqual([{ n: '1' }]);
});

it('raises what the server refuses, and leaves the session usable', async () => {
  await expect(new SyntaxCheck(`select '`).run(session)).rejects.toMatchObject({ code: '42601' });
  await expect(new SyntaxCheck('selct 1').run(session)).rejects.toMatchObject({
    code: '42601',
    position: '1',
  });
  await expect(session.query('select 1')).resolves.toBeDefined();
});

it('takes one statement only', async () => {
  await expect(new SyntaxCheck('select 1; drop table kept').run(session)).rejects.toMatchObject({
    code: '42601',
  });
});
