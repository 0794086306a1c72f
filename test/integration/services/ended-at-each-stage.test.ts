import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { DatabaseService } from '../../../src/main/services/db-service';
import type {
  Confirm,
  ConfirmationAnswer,
} from '../../../src/main/services/query/confirmation/confirmation';
import { loadParser } from '../../../src/main/sql/parser';
import type { QueryRun } from '../../../src/shared/models/query-result';
import { createDatabase, type TestDatabase } from '../database';
import { TcpProxy } from '../tcp-proxy';
import { openConnection } from './open-connection';

let database: TestDatabase;
let other: Client;
let proxy: TcpProxy;
let registry: ConnectionRegistry;
let service: DatabaseService;
let connectionId: string;
let tabId: string;
const applicationName = 'ended at each stage';

beforeAll(async () => {
  await loadParser();
  database = await createDatabase();
  const { host, port, user, database: name } = database.settings;
  const password = (await database.settings.password()) ?? '';
  other = new Client({ host, port, user, password, database: name, ssl: false });
  await other.connect();
  await other.query(`
    CREATE TABLE orders (id int);
    CREATE FUNCTION sleepy() RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1 FROM pg_sleep(60)'`);
});
afterAll(async () => {
  await other.end();
  await database.drop();
});

beforeEach(async () => {
  await other.query('TRUNCATE orders; INSERT INTO orders SELECT generate_series(1, 5)');
  proxy = await TcpProxy.start(inject('postgres'));
  const settings = { ...database.settings, port: proxy.port, applicationName };
  ({ registry, connectionId } = await openConnection(settings));
  service = new DatabaseService(registry);
  tabId = randomUUID();
  return async () => {
    await registry.closeAll();
    await other.query('ROLLBACK');
    await proxy.close();
  };
});

function run(text: string, confirm: Confirm = answering('run')): Promise<QueryRun> {
  return service.executeQuery(
    connectionId,
    { tabId, executionId: randomUUID(), text, target: { kind: 'all' } },
    { confirm, onProgress: () => undefined },
  );
}

const answering =
  (choice: ConfirmationAnswer['choice']): Confirm =>
  () =>
    Promise.resolve({ choice, waive: false });

/**
 * How many sessions of the application are in a state. Not asked by `other`: within its transaction,
 * pg_stat_activity would go on saying what it said first (manual, 27.2 The Cumulative Statistics System).
 */
async function sessions(condition: string): Promise<number> {
  const { rowCount } = await database.query(
    `SELECT FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = '${applicationName}' AND ${condition}`,
  );
  return rowCount ?? 0;
}

async function endSessions(): Promise<void> {
  await other.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = '${applicationName}'`,
  );
}

async function until(condition: string): Promise<void> {
  await expect.poll(() => sessions(condition)).toBeGreaterThan(0);
}

/** What came to a stage of its way, and what the person does afterwards, if anything. */
interface Begun {
  readonly run: Promise<QueryRun>;
  readonly goOn?: () => void;
}

/** A run that has ended, with what it left open. */
const ended = async (run: Promise<QueryRun>): Promise<Begun> => ({
  run: Promise.resolve(await run),
});

async function waitsForSession(): Promise<Begun> {
  const { pool } = registry.get(connectionId);
  const held = await Promise.all(
    Array.from({ length: database.settings.limits.maxConnections }, () => pool.acquire()),
  );
  const running = run('delete from orders where id = 1');
  await expect.poll(() => pool.stats().waiting).toBe(1);
  return { run: running, goOn: () => held.forEach((client) => client.release()) };
}

async function looks(): Promise<Begun> {
  const running = run('delete from orders where sleepy() = 1', answering('cancel'));
  await until(`wait_event = 'PgSleep'`);
  return { run: running };
}

async function asks(): Promise<Begun> {
  let goOn = (): void => undefined;
  let isAsking = false;
  const running = run('delete from orders', (_request, isOver) => {
    isAsking = true;
    return new Promise((resolve) => {
      goOn = () => resolve({ choice: 'run', waive: false });
      isOver.addEventListener('abort', () => resolve({ choice: 'cancel', waive: false }));
    });
  });
  await expect.poll(() => isAsking).toBe(true);
  return { run: running, goOn: () => goOn() };
}

async function waitsForLock(): Promise<Begun> {
  await other.query('BEGIN; LOCK TABLE orders');
  const running = run('update orders set id = 0 where id = 1');
  await until(`wait_event_type = 'Lock'`);
  return { run: running };
}

async function worksInTransaction(): Promise<Begun> {
  const running = run('begin; update orders set id = 0 where id = 1; select pg_sleep(60)');
  await until(`wait_event = 'PgSleep'`);
  return { run: running };
}

const readsRows = (): Promise<Begun> => ended(run('select n from generate_series(1, 1000000) n'));
const isReviewed = (): Promise<Begun> => ended(run('delete from orders', answering('review')));
const hasFailed = (): Promise<Begun> =>
  ended(run('begin; delete from orders where id = 1; select 1/0'));

async function rowsLeft(): Promise<string> {
  // Whatever still holds the table, or changes it, has ended then.
  await expect.poll(() => sessions(`state <> 'idle'`)).toBe(0);
  const { rows } = await other.query<{ ids: string }>(
    `SELECT string_agg(id::text, ' ' ORDER BY id) AS ids FROM orders`,
  );
  return rows[0]?.ids ?? '';
}

const unsent = { outcomes: [{ error: { kind: 'Cancelled' } }], nothingSent: true };
const stopped = (...before: object[]) => ({
  outcomes: [
    ...before,
    { error: { kind: 'Cancelled', advice: expect.stringContaining('changes were undone') } },
  ],
});
const done = { status: 'done' };

describe.each<[string, () => Promise<Begun>, object]>([
  ['waits for a session', waitsForSession, unsent],
  ['looks before its question', looks, unsent],
  ['asks', asks, unsent],
  ['waits for a lock', waitsForLock, stopped()],
  ['works in a transaction', worksInTransaction, stopped(done, done)],
  ['has rows to come', readsRows, { outcomes: [done] }],
  ['is in review', isReviewed, { outcomes: [done], transaction: 'open' }],
  ['has failed in a transaction', hasFailed, { transaction: 'failed' }],
])('a run that %s', (_stage, begin, outcome) => {
  it.each<[string, () => Promise<unknown>]>([
    ['its tab is closed', () => service.closeTab(connectionId, tabId)],
    ['its connection is closed', () => registry.close(connectionId)],
    ['the application ends', () => registry.closeAll()],
  ])('ends, and leaves nothing on the server, when %s', async (_end, act) => {
    const { run: running, goOn } = await begin();
    const acting = act();
    goOn?.();
    await acting;
    expect(await running).toMatchObject(outcome);
    await other.query('ROLLBACK');
    expect(await rowsLeft()).toBe('1 2 3 4 5');
  });
});

const lost = (...before: object[]) => ({
  outcomes: [...before, { error: { kind: 'ConnectionLost' } }],
  transaction: 'idle',
});

describe.each<[string, () => Promise<Begun>, object, boolean]>([
  ['looks before its question', looks, { outcomes: [{ status: 'declined' }] }, false],
  // The statement takes a new session where the end of the old one was heard of before the answer.
  ['asks', asks, { transaction: 'idle' }, false],
  ['waits for a lock', waitsForLock, lost(), false],
  ['works in a transaction', worksInTransaction, lost(done, done), false],
  ['has rows to come', readsRows, { outcomes: [done] }, false],
  ['is in review', isReviewed, { outcomes: [done] }, true],
  ['has failed in a transaction', hasFailed, { transaction: 'failed' }, true],
])('a run that %s', (_stage, begin, outcome, isBound) => {
  it.each<[string, () => Promise<unknown> | void]>([
    ['its link is cut', () => proxy.cut()],
    ['the server ends its sessions', endSessions],
  ])('tells the truth, and the tab goes on, when %s', async (_end, act) => {
    const { run: running, goOn } = await begin();
    await act();
    goOn?.();
    const told = await running;
    expect(told).toMatchObject(outcome);
    const next = await run('commit');
    expect(JSON.stringify(next)).toContain(isBound ? 'open transaction was rolled back' : '');
    // Another session may not have noticed its end yet.
    await expect.poll(async () => (await run('select 1')).outcomes).toMatchObject([done]);
    await other.query('ROLLBACK');
    const wasDone = begin === asks && told.outcomes[0]?.status === 'done';
    // The server may go on with a statement whose link is cut, which is told as not known.
    expect(await rowsLeft()).toMatch(wasDone ? /^$/ : /^[01] 2 3 4 5$/);
  });
});
