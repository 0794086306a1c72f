import { expect, it } from 'vitest';
import { createDatabase } from '../database';
import { OptionsTab } from './tab-fixture';

// Between two statements nothing runs that a cancel could stop.
it('a tab that is closed in the middle of a script sends no more of it, and holds nothing', async () => {
  const database = await createDatabase();
  const tab = await OptionsTab.open(database.settings);
  const closing: Promise<void>[] = [];
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
        if (completed === 1) closing.push(tab.service.closeTab(tab.connectionId, tab.tabId));
      },
    },
  );
  await Promise.all(closing);
  expect(closing).toHaveLength(1);
  expect(outcomes).toMatchObject([
    { status: 'done' },
    { status: 'failed', error: { kind: 'Cancelled' } },
  ]);
  expect(notRun).toBe(1);
  await expect.poll(() => tab.registry.get(tab.connectionId).pool.stats().active).toBe(0);
  await tab.close();
  await database.drop();
});
