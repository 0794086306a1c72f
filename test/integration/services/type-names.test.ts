import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../database';
import { OptionsTab } from './tab-fixture';

let database: TestDatabase;
let tab: OptionsTab | null = null;

beforeEach(async () => {
  database = await createDatabase();
});
afterEach(async () => {
  await tab?.close();
  await database.drop();
});

async function openTab(maxConnections: number): Promise<OptionsTab> {
  const { settings } = database;
  tab = await OptionsTab.open({ ...settings, limits: { ...settings.limits, maxConnections } });
  return tab;
}

/** The name of the one column's type. */
async function typeOf(opened: OptionsTab, text: string): Promise<string | undefined> {
  return (await opened.only(text)).columns?.[0]?.type;
}

it('names a type of the database also where the run holds the only session', async () => {
  const opened = await openTab(1);
  await opened.only("create type mood as enum ('glad')");
  // The first result does not wait for the session that it holds itself; the answer comes behind it.
  await typeOf(opened, "select 'glad'::mood");
  const { pool } = opened.registry.get(opened.connectionId);
  await expect.poll(() => pool.stats()).toMatchObject({ active: 0, waiting: 0 });
  expect(await typeOf(opened, "select 'glad'::mood")).toBe('mood');
});

it('names a type that its transaction made once others see it', async () => {
  const opened = await openTab(2);
  await opened.only('begin');
  await opened.only("create type mood as enum ('glad')");
  expect(await typeOf(opened, "select 'glad'::mood")).toMatch(/^type \d+$/);
  await opened.only('commit');
  expect(await typeOf(opened, "select 'glad'::mood")).toBe('mood');
});
