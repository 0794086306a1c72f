import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDatabase, type TestDatabase } from '../database';
import { OptionsTab } from './tab-fixture';

let database: TestDatabase;
let tab: OptionsTab;

beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  tab = await OptionsTab.open(database.settings);
  return () => tab.close();
});

describe('what the server says beside a result', () => {
  it('keeps all fields of a notice', async () => {
    const { notices } = await tab.only(`do $$ begin
      raise warning 'careful' using errcode = '01234', detail = 'd', hint = 'h', schema = 's',
        table = 't', column = 'c', datatype = 'dt', constraint = 'k';
    end $$`);
    expect(notices).toEqual([
      {
        severity: 'WARNING',
        message: 'careful',
        sqlState: '01234',
        detail: 'd',
        hint: 'h',
        where: 'PL/pgSQL function inline_code_block line 2 at RAISE',
        schema: 's',
        table: 't',
        column: 'c',
        dataType: 'dt',
        constraint: 'k',
      },
    ]);
  });

  it('says where the server raised an error', async () => {
    const { outcomes } = await tab.run('select 1/0');
    expect(outcomes).toMatchObject([
      { error: { location: expect.stringMatching(/^int4div, int\.c:\d+$/) } },
    ]);
  });
});

describe('NOTIFY', () => {
  it('is told with the statement during which it comes', async () => {
    await tab.only('listen news');
    const { notices } = await tab.only(`select pg_notify('news', 'héllo')`);
    expect(notices).toEqual([
      {
        severity: 'NOTIFY',
        message: expect.stringMatching(/^Channel "news", from process \d+: héllo$/),
      },
    ]);
    expect((await tab.only('select 1')).notices).toEqual([]);
  });

  it('is told with the next statement where it comes between two, the first thousand of many', async () => {
    await tab.only('listen news');
    await database.query(
      `select pg_notify('news', n::text) from generate_series(1, 1200) n; notify news`,
    );
    const told: string[] = [];
    await vi.waitUntil(async () => {
      const { notices } = await tab.only('select 1');
      told.push(...notices.map(({ message }) => message));
      return told.length > 1000;
    });
    expect(told[0]).toMatch(/: 1$/);
  });

  it('says nothing of a channel that the tab no longer listens to', async () => {
    await tab.only('listen news; unlisten news');
    await database.query('notify news');
    expect((await tab.only('select 1')).notices).toEqual([]);
  });
});
