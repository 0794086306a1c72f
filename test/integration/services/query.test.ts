import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { DatabaseService } from '../../../src/main/services/db-service';
import { HealthService } from '../../../src/main/services/health-service';
import type { Confirm } from '../../../src/main/services/query/confirmation/confirmation';
import { loadParser } from '../../../src/main/sql/parser';
import type {
  QueryResult,
  QueryRun,
  RowsPage,
  RunTarget,
  StatementOutcome,
} from '../../../src/shared/models/query-result';
import { rowTexts } from '../../../src/shared/models/row-batch';
import { createDatabase, type TestDatabase } from '../database';

let database: TestDatabase;
let registry: ConnectionRegistry;
let service: DatabaseService;
let connectionId: string;
let tabId: string;
const confirm = vi.fn<Confirm>();

const label = {
  profileId: null,
  origin: 'environment',
  name: 'test',
  color: 'gray',
  environment: 'local',
} as const;

const onTabLost = vi.fn<(connectionId: string, tabId: string) => void>();

beforeAll(async () => {
  await loadParser();
  database = await createDatabase();
  registry = new ConnectionRegistry({ health: new HealthService(), onTabLost });
  service = new DatabaseService(registry);
  ({ connectionId } = await registry.open(database.settings, label));
});
afterAll(async () => {
  await registry.closeAll();
  await database.drop();
});
beforeEach(() => {
  tabId = randomUUID();
  confirm.mockClear();
  confirm.mockImplementation(() => Promise.resolve({ choice: 'run', waive: false }));
  const opened = tabId;
  return () => service.closeTab(connectionId, opened);
});

function run(
  text: string,
  target: RunTarget = { kind: 'all' },
  executionId = randomUUID(),
): Promise<QueryRun> {
  return service.executeQuery(
    connectionId,
    { tabId, executionId, text, target },
    { confirm, onProgress: () => undefined },
  );
}

function resultOf(outcome: StatementOutcome | undefined): QueryResult {
  if (outcome?.status !== 'done') throw new Error(`The statement is ${JSON.stringify(outcome)}.`);
  return outcome.result;
}

const rowsOf = ({ rows }: Pick<QueryResult, 'rows'>): (string | null)[][] =>
  Array.from({ length: rows.rowCount }, (_, row) => rowTexts(rows, row));

async function only(text: string): Promise<QueryResult> {
  const { outcomes } = await run(text);
  expect(outcomes).toHaveLength(1);
  return resultOf(outcomes[0]);
}

describe('executeQuery', () => {
  it('gives columns with their types, rows, tag and count', async () => {
    const result = await only(
      `select 1::int8 as id, 'x'::varchar(9) as "a ""b""", 1.5::numeric(10,2), now() as id`,
    );
    expect(result.columns?.map(({ name, type }) => [name, type])).toEqual([
      ['id', 'bigint'],
      ['a "b"', 'character varying(9)'],
      ['numeric', 'numeric(10,2)'],
      ['id', 'timestamp with time zone'],
    ]);
    expect(result).toMatchObject({ commandTag: 'SELECT 1', rowCount: 1, resultId: null });
  });

  it('names types that are made only now', async () => {
    await run(`create type mood as enum ('calm', 'merry')`);
    const result = await only(`select 'calm'::mood, array['merry'::mood]`);
    expect(result.columns?.map(({ type }) => type)).toEqual(['mood', 'mood[]']);
  });

  it('runs the statement under the cursor only', async () => {
    const text = 'select 1;\nselect 2;\nselect 3;';
    const { outcomes } = await run(text, { kind: 'statement-at', offset: text.indexOf('2') });
    expect(outcomes.map((outcome) => rowsOf(resultOf(outcome)))).toEqual([[['2']]]);
  });

  it('runs a selection and reports ranges in the whole text', async () => {
    const text = 'select 1; select 2; select x; select 4';
    const { outcomes } = await run(text, { kind: 'selection', range: { from: 10, to: 28 } });
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['done', 'failed']);
    expect(outcomes[1]).toMatchObject({
      range: { from: 20, to: 28 },
      error: { sqlState: '42703', position: 27 },
    });
  });

  it('stops a script at its first error and says where it is, beyond the basic plane', async () => {
    const text = `select '🐘'; select 'é🐘', nowhere; select 3`;
    const { outcomes, notRun } = await run(text);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['done', 'failed']);
    expect(outcomes[1]).toMatchObject({ error: { position: text.indexOf('nowhere') } });
    expect(notRun).toBe(1);
    expect((await run(`select 1; select nowhere`)).notRun).toBeUndefined();
  });

  it.each([
    ['a NUL', 'delete from t \0 where a = 1'],
    ['half of a character', "insert into t values ('\ud83d')"],
  ])('sends nothing of a text with %s, which would arrive as another one', async (_what, text) => {
    await expect(run(`select 1; ${text}`)).rejects.toMatchObject({
      data: { kind: 'InvalidInput', position: 10 + text.search(/\0|\ud83d/) },
    });
  });

  it('says how many statements wait for the correction of one that nobody understands', async () => {
    const { outcomes, notRun } = await run('select 1; selec 2; select 3');
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['failed']);
    expect(notRun).toBe(2);
  });

  it('keeps the results of all statements of a script, each with its rows', async () => {
    const { outcomes } = await run('select generate_series(1, 3000); select generate_series(1, 2)');
    const [first, second] = outcomes.map(resultOf);
    expect(first).toMatchObject({ readRows: 3000, hasMore: false, commandTag: 'SELECT 3000' });
    expect(second).toMatchObject({ readRows: 2, resultId: null });
    const { rows } = await service.readRows(first?.resultId ?? '', { from: 2990, count: 100 });
    expect(rowsOf({ rows }).map(([n]) => n)).toEqual(
      Array.from({ length: 10 }, (_, index) => String(2991 + index)),
    );
  });

  it('reads as many rows at first as it is asked for', async () => {
    const { outcomes } = await service.executeQuery(
      connectionId,
      {
        tabId,
        executionId: randomUUID(),
        text: 'select generate_series(1, 3000)',
        target: { kind: 'all' },
        firstRows: 70,
      },
      { confirm, onProgress: () => undefined },
    );
    const { rows, hasMore } = resultOf(outcomes[0]);
    expect(rows.rowCount).toBe(70);
    expect(hasMore).toBe(true);
  });

  it('tells notices with their severity', async () => {
    const result = await only(
      `do $$ begin raise warning 'look % here', 1; raise notice 'n'; end $$`,
    );
    expect(result.notices).toMatchObject([
      { severity: 'WARNING', message: 'look 1 here' },
      { severity: 'NOTICE', message: 'n' },
    ]);
  });

  it('keeps a transaction with its tab and shows its state', async () => {
    expect((await run('begin')).transaction).toBe('open');
    await run('create table kept (id int)');
    expect((await run('select nothing')).transaction).toBe('failed');
    expect((await run('rollback')).transaction).toBe('idle');
    expect(await only(`select to_regclass('kept')`).then(rowsOf)).toEqual([[null]]);
  });

  it('keeps settings and temporary tables with the tab until it is closed', async () => {
    await run(`set search_path = pg_catalog; create temporary table mine (id int)`);
    expect(await only('show search_path').then(rowsOf)).toEqual([['pg_catalog']]);
    await service.closeTab(connectionId, tabId);
    expect(await only('show search_path').then(rowsOf)).not.toEqual([['pg_catalog']]);
  });

  it('gives the client back to the pool after an ordinary statement', async () => {
    await only('select 1');
    // The client of an earlier test may still be on its way back: what it has set is reset first.
    await expect.poll(() => registry.get(connectionId).pool.stats().active).toBe(0);
  });

  it('says that there is nothing to run', async () => {
    await expect(run('  -- only a comment')).rejects.toMatchObject({
      data: { kind: 'InvalidInput' },
    });
  });
});

describe('reading on', () => {
  it('gives all rows in order, then the tag, and frees the client', async () => {
    const result = await only('select generate_series(1, 12345)');
    if (result.resultId === null) throw new Error('All rows came at once.');
    const seen = rowsOf(result);
    let page: RowsPage;
    do {
      page = await service.readRows(result.resultId, { from: seen.length, count: 2_000 });
      seen.push(...rowsOf(page));
      // Main may have read ahead of what it gives: `hasMore` is about the server only.
    } while (page.hasMore || seen.length < page.readRows);
    expect(page.commandTag).toBe('SELECT 12345');
    expect(seen.map(([n]) => Number(n))).toEqual(
      Array.from({ length: 12_345 }, (_, index) => index + 1),
    );
    await expect.poll(() => registry.get(connectionId).pool.stats().active).toBe(0);
  });

  it('ends when the result is closed, without waiting for the rows', async () => {
    const { resultId } = await only(
      `select n, repeat('x', 500) from generate_series(1, 10000000) as n`,
    );
    if (resultId === null) throw new Error('All rows came at once.');
    await service.closeResult(resultId);
    await expect.poll(() => registry.get(connectionId).pool.stats().active).toBe(0);
    await expect(async () =>
      service.readRows(resultId, { from: 0, count: 10 }),
    ).rejects.toMatchObject({
      data: { kind: 'NotFound' },
    });
  });

  it('ends when the tab runs something else', async () => {
    await only('select generate_series(1, 10000000)');
    expect(await only('select 7').then(rowsOf)).toEqual([['7']]);
  });

  it('does not undo a write whose rows are not all read', async () => {
    await run('create table receipts (id int)');
    const { resultId } = await only(
      `insert into receipts select generate_series(1, 5000) returning repeat('x', 1000)`,
    );
    if (resultId === null) throw new Error('All rows came at once.');
    await service.closeResult(resultId);
    expect(await only('select count(*) from receipts').then(rowsOf)).toEqual([['5000']]);
  });
});

describe('cancelling', () => {
  it('stops the server and leaves the tab usable', async () => {
    const executionId = randomUUID();
    const running = run('select pg_sleep(60); select 2', { kind: 'all' }, executionId);
    await expect.poll(() => sleepers()).toBe(1);
    await service.cancelQuery(executionId);
    const { outcomes } = await running;
    expect(outcomes).toMatchObject([
      { status: 'failed', error: { kind: 'Cancelled', sqlState: '57014' } },
    ]);
    expect(await sleepers()).toBe(0);
    expect(await only('select 1').then(rowsOf)).toEqual([['1']]);
  });

  it('stops the server when the tab is closed', async () => {
    const running = run('select pg_sleep(61)');
    await expect.poll(() => sleepers()).toBe(1);
    await service.closeTab(connectionId, tabId);
    await expect(running).resolves.toMatchObject({ outcomes: [{ status: 'failed' }] });
    expect(await sleepers()).toBe(0);
  });

  async function sleepers(): Promise<number> {
    const { rows } = await database.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where state = 'active' and query like '%pg_sleep(6%' and datname = current_database() and pid <> pg_backend_pid()`,
    );
    return rows[0]?.n ?? 0;
  }
});

describe('confirmation', () => {
  it('asks once for all risky statements, and sends nothing when the answer is no', async () => {
    await run('create table precious (id int); insert into precious values (1), (2)');
    confirm.mockImplementation(() => Promise.resolve({ choice: 'cancel', waive: false }));
    const { outcomes } = await run(
      'insert into precious values (3); delete from precious; drop table precious',
    );
    expect(outcomes).toEqual([{ status: 'declined', range: { from: 0, to: 74 } }]);
    expect(confirm).toHaveBeenCalledTimes(1);
    expect(confirm.mock.calls[0]?.[0]).toMatchObject({
      total: 3,
      statements: [{ text: 'delete from precious' }, { text: 'drop table precious' }],
    });
    expect(await only('select count(*) from precious').then(rowsOf)).toEqual([['2']]);
  });

  it('runs after a yes', async () => {
    await run('create table doomed (id int)');
    await run('drop table doomed');
    expect(confirm).toHaveBeenCalledTimes(1);
    expect(await only(`select to_regclass('doomed')`).then(rowsOf)).toEqual([[null]]);
  });

  it('does not ask for harmless statements', async () => {
    await run(
      `select 'drop table x'; create table harmless (id int); delete from harmless where id = 1`,
    );
    expect(confirm).not.toHaveBeenCalled();
  });
});

describe('a statement that does not parse', () => {
  it('is refused by the server at once, without a question, and nothing of the run is sent', async () => {
    const text = `create table never (id int); selct '🐘' from never`;
    const { outcomes } = await run(text);
    expect(confirm).not.toHaveBeenCalled();
    expect(outcomes).toMatchObject([
      {
        status: 'failed',
        error: { kind: 'InvalidQuery', sqlState: '42601', position: text.indexOf('selct') },
      },
    ]);
    expect(await only(`select to_regclass('never')`).then(rowsOf)).toEqual([[null]]);
  });

  it('costs an open transaction nothing', async () => {
    await run('create table typed (id int); begin; insert into typed values (1)');
    const { outcomes, transaction } = await run('selct 1');
    expect(outcomes).toMatchObject([{ error: { sqlState: '42601', position: 0 } }]);
    expect(transaction).toBe('open');
    expect(await only('commit')).toMatchObject({ commandTag: 'COMMIT' });
    expect(await only('select id from typed').then(rowsOf)).toEqual([['1']]);
  });

  it('can be cancelled while it waits for a session, and is then neither run nor asked about', async () => {
    const limits = { ...database.settings.limits, minConnections: 0, maxConnections: 1 };
    const narrow = await registry.open({ ...database.settings, limits }, label);
    const held = await registry.get(narrow.connectionId).pool.acquire();
    const executionId = randomUUID();
    const running = service.executeQuery(
      narrow.connectionId,
      { tabId, executionId, text: 'selct 1', target: { kind: 'all' } },
      { confirm, onProgress: () => undefined },
    );
    await expect
      .poll(() => registry.get(narrow.connectionId).pool.stats().waiting)
      .toBeGreaterThan(0);
    await service.cancelQuery(executionId);
    expect((await running).outcomes).toMatchObject([
      { status: 'failed', error: { kind: 'Cancelled' } },
    ]);
    expect(confirm).not.toHaveBeenCalled();
    held.release();
    await registry.close(narrow.connectionId);
  });

  it('is asked about when the server does understand it', async () => {
    // So deep that the parser in the app cannot judge it, and the server only with a larger stack.
    await database.query(`ALTER DATABASE ${database.name} SET max_stack_depth = '7MB'`);
    const deep = await registry.open(database.settings, label);
    const { outcomes } = await service.executeQuery(
      deep.connectionId,
      {
        tabId,
        executionId: randomUUID(),
        text: `select 1${' + 1'.repeat(12_000)}`,
        target: { kind: 'all' },
      },
      { confirm, onProgress: () => undefined },
    );
    await registry.close(deep.connectionId);
    expect(confirm).toHaveBeenCalledTimes(1);
    expect(outcomes).toMatchObject([{ status: 'done' }]);
  });
});

describe('a read-only connection', () => {
  it('refuses writes before anything is sent, and on the server what slips through', async () => {
    const readOnly = await registry.open({ ...database.settings, readOnly: true }, label);
    const attempt = (text: string): Promise<QueryRun> =>
      service.executeQuery(
        readOnly.connectionId,
        { tabId, executionId: randomUUID(), text, target: { kind: 'all' } },
        { confirm, onProgress: () => undefined },
      );
    await expect(attempt('select 1; create table no (id int)')).rejects.toMatchObject({
      data: { kind: 'ReadOnly' },
    });
    await database.query('create table victims (id int)');
    await database.query(
      'create function sneaky() returns int language sql as $$ insert into victims values (1) returning 1 $$',
    );
    expect((await attempt('select sneaky()')).outcomes).toMatchObject([
      { status: 'failed', error: { sqlState: '25006', kind: 'ReadOnly' } },
    ]);
    await registry.close(readOnly.connectionId);
  });
});

describe('a lost session', () => {
  it('is told with the next statement, which runs in a new one', async () => {
    await run('begin; create table unfinished (id int)');
    const [pid] = rowsOf(await only('select pg_backend_pid()'))[0] ?? [];
    await database.query('select pg_terminate_backend($1)', [pid]);
    const session = registry.get(connectionId).tab(tabId);
    await expect.poll(() => session.transaction).toBe('idle');
    expect(onTabLost.mock.calls).toEqual([[connectionId, tabId]]);

    const result = await only(`select to_regclass('unfinished')`);
    expect(rowsOf(result)).toEqual([[null]]);
    expect(result.notices).toMatchObject([
      {
        severity: 'WARNING',
        message: expect.stringContaining('its open transaction was rolled back'),
      },
    ]);
    expect((await only('select 1')).notices).toEqual([]);
  });

  it.each(['run', 'review'] as const)(
    'while a question waits for its answer leaves nothing to a new one: %s',
    async (choice) => {
      await database.query('create table if not exists kept (id int); insert into kept values (0)');
      await run('create temp table mine (id int); set search_path = public');
      const session = registry.get(connectionId).tab(tabId);
      confirm.mockImplementation(async () => {
        await database.query('select pg_terminate_backend($1)', [session.processId]);
        await vi.waitUntil(() => session.processId === null);
        return { choice, waive: false };
      });
      const { outcomes, transaction } = await run('delete from kept');
      expect(outcomes).toMatchObject([
        {
          status: 'failed',
          error: { kind: 'ConnectionLost', message: expect.stringContaining('was lost') },
        },
      ]);
      expect(transaction).toBe('idle');
      expect((await database.query('select 1 from kept')).rowCount).toBeGreaterThan(0);
    },
  );

  it.each([
    ['run', 'begin; insert into kept values (1); delete from kept; select 1'],
    ['run', 'set search_path = public; select 1; delete from kept; select 1'],
    ['review', 'delete from kept where id = 7; delete from kept; select 1'],
  ] as const)('ends a script that needs it, %s: %s', async (choice, text) => {
    await database.query('create table if not exists kept (id int); insert into kept values (0)');
    confirm.mockResolvedValue({ choice, waive: false });
    const session = registry.get(connectionId).tab(tabId);
    // The session ends between two statements, before the DELETE of all rows.
    const original = session.run.bind(session);
    vi.spyOn(session, 'run').mockImplementation(async (statement) => {
      if (statement.text === 'delete from kept') {
        await database.query('select pg_terminate_backend($1)', [session.processId]);
        await vi.waitUntil(() => session.processId === null);
      }
      return original(statement);
    });
    const { outcomes, notRun, transaction } = await run(text);
    expect(outcomes.at(-1)).toMatchObject({
      status: 'failed',
      error: {
        kind: 'ConnectionLost',
        message: expect.stringContaining('The session of this tab was lost'),
      },
    });
    expect({ notRun, transaction }).toEqual({ notRun: 1, transaction: 'idle' });
    expect((await database.query('select 1 from kept')).rowCount).toBeGreaterThan(0);
    expect((await only('select 1')).notices).toEqual([]);
  });
});
