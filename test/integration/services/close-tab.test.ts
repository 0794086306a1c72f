import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../database';
import { OptionsTab } from './tab-fixture';

let database: TestDatabase;
let tab: OptionsTab;
beforeEach(async () => {
  database = await createDatabase();
  tab = await OptionsTab.open(database.settings);
});
afterEach(async () => {
  await tab.close();
  await database.drop();
});

// Between two statements nothing runs that a cancel could stop.
it.each<[string, () => Promise<void>]>([
  ['that is closed', () => tab.service.closeTab(tab.connectionId, tab.tabId)],
  ['whose run is cancelled', () => tab.service.cancelQuery('script')],
])('a tab %s in the middle of a script sends no more of it, and says so', async (_name, act) => {
  const acting: Promise<void>[] = [];
  const { outcomes, notRun } = await tab.service.executeQuery(
    tab.connectionId,
    {
      tabId: tab.tabId,
      executionId: 'script',
      text: 'create table first (); begin; create table second ()',
      target: { kind: 'all' },
    },
    {
      confirm: () => Promise.resolve({ choice: 'run', waive: false }),
      onProgress: ({ completed }) => {
        if (completed === 1) acting.push(act());
      },
    },
  );
  await Promise.all(acting);
  expect(acting).toHaveLength(1);
  expect(outcomes).toMatchObject([
    { status: 'done' },
    { status: 'failed', error: { kind: 'Cancelled' } },
  ]);
  expect(notRun).toBe(1);
  await expect.poll(() => tab.registry.get(tab.connectionId).pool.stats().active).toBe(0);
});
