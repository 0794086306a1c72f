import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../database';
import { OptionsTab } from './tab-fixture';
import { sleepingSessions } from '../sleeping';

let database: TestDatabase;
let tab: OptionsTab;
beforeEach(async () => {
  database = await createDatabase();
  await database.query('CREATE TABLE kept (id int)');
  tab = await OptionsTab.open(database.settings);
});
afterEach(async () => {
  await tab.close();
  await database.drop();
});

/** A result in an open transaction of whose last rows a page is on its way. */
async function readSlowly(): Promise<{ resultId: string; reading: Promise<unknown> }> {
  await tab.run('begin; insert into kept values (1)');
  const { resultId } = await tab.only(
    'select n, pg_sleep(CASE WHEN n > 500 THEN 0.01 ELSE 0 END) from generate_series(1, 600) n',
  );
  if (resultId === null) throw new Error('All rows came at once.');
  const reading = tab.service.readAll(resultId, () => undefined).catch((error: unknown) => error);
  await expect.poll(() => sleepingSessions(database)).toBe(1);
  return { resultId, reading };
}

// A cancel would fail the transaction, and the server would take the COMMIT for a ROLLBACK.
it.each<[string, (resultId: string) => Promise<unknown>]>([
  ['runs on', () => tab.only('insert into kept values (2)')],
  ['closes the result', (resultId) => tab.service.closeResult(resultId)],
])('a transaction stays open when its tab %s while rows are read', async (_name, act) => {
  const { resultId, reading } = await readSlowly();
  await act(resultId);
  await reading;
  expect(await tab.only('commit')).toMatchObject({ commandTag: 'COMMIT' });
  const { rows } = await database.query('SELECT FROM kept');
  expect(rows.length).toBeGreaterThan(0);
});

it('a transaction stays open when a run is cancelled that waits for a page', async () => {
  const { resultId, reading } = await readSlowly();
  const waiting = tab.run('insert into kept values (2)');
  await tab.cancel();
  expect(await waiting).toMatchObject({
    outcomes: [{ error: { kind: 'Cancelled', message: 'It was cancelled before it was sent.' } }],
    transaction: 'open',
    nothingSent: true,
  });
  await reading;
  expect(await tab.service.readRows(resultId, { from: 500, count: 100 })).toMatchObject({
    readRows: 600,
  });
  expect(await tab.only('commit')).toMatchObject({ commandTag: 'COMMIT' });
});

it('a cancelled statement says what became of its transaction, and what to do', async () => {
  await tab.run('begin; insert into kept values (1)');
  const running = tab.run('select pg_sleep(600)');
  await expect.poll(() => sleepingSessions(database)).toBe(1);
  await tab.cancel();
  expect(await running).toMatchObject({
    outcomes: [
      { error: { advice: expect.stringMatching(/transaction has failed.*Roll it back/u) } },
    ],
    transaction: 'failed',
  });
});
