import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { DatabaseService } from '../../../src/main/services/db-service';
import type { ConfirmationRequest } from '../../../src/main/services/query/confirmation/confirmation';
import type { RunProgress, RunRequest } from '../../../src/main/services/query/run/run-request';
import { loadParser } from '../../../src/main/sql/parser';
import type { QueryRun } from '../../../src/shared/models/query-result';
import { rowTexts } from '../../../src/shared/models/row-batch';
import { createDatabase, type TestDatabase } from '../database';
import { openConnection } from './open-connection';

let database: TestDatabase;
let registry: ConnectionRegistry;
let service: DatabaseService;
let connectionId: string;
let tabId: string;
let questions: ConfirmationRequest[];
let progress: RunProgress[];

beforeAll(async () => {
  await loadParser();
  database = await createDatabase();
  ({ registry, connectionId } = await openConnection(database.settings));
  service = new DatabaseService(registry);
});
afterAll(async () => {
  await registry.closeAll();
  await database.drop();
});
beforeEach(() => {
  tabId = randomUUID();
  questions = [];
  progress = [];
  const opened = tabId;
  return () => service.closeTab(connectionId, opened);
});

function run(text: string, options: Partial<RunRequest> = {}): Promise<QueryRun> {
  return service.executeQuery(
    connectionId,
    { tabId, executionId: randomUUID(), text, target: { kind: 'all' }, ...options },
    {
      confirm: (question) => {
        questions.push(question);
        return Promise.resolve({ choice: 'run', waive: false });
      },
      onProgress: (step) => progress.push(step),
    },
  );
}

const rowsOf = ({ outcomes }: QueryRun): (string | null)[][][] =>
  outcomes.map((outcome) => {
    if (outcome.status !== 'done') throw new Error(JSON.stringify(outcome));
    const { rows } = outcome.result;
    return Array.from({ length: rows.rowCount }, (_, row) => rowTexts(rows, row));
  });

describe('listParameters', () => {
  const list = (text: string) =>
    service.listParameters(connectionId, { tabId, text, target: { kind: 'all' } });

  it('gives each name once, with the type that the server infers', async () => {
    const found = await list(
      `select :a::int, $1 || 'x'; select * from pg_class where oid = :a and relname = :name;`,
    );
    expect(found.map(({ name, type }) => [name, type?.name])).toEqual([
      ['$1', 'text'],
      [':a', 'integer'],
      [':name', 'name'],
    ]);
  });

  it('leaves the type open for a table that the script is yet to make', async () => {
    const found = await list('create table yet (n int); insert into yet values (:n);');
    expect(found).toMatchObject([{ name: ':n', type: null }]);
  });

  it('does not harm the open transaction of the tab', async () => {
    await run('begin; select 1;');
    await list('select * from missing where a = :a');
    expect((await run('select 2')).transaction).toBe('open');
  });
});

describe('a run with parameters', () => {
  it('binds values, the same for the same name in all statements', async () => {
    const sql = `select :a::int + 1, :b; select $1::text, :a::text;`;
    const values = { ':a': '41', ':b': "it's \\ '; drop table x; --", $1: null };
    expect(rowsOf(await run(sql, { parameters: values }))).toEqual([
      [['42', values[':b']]],
      [[null, '41']],
    ]);
    expect(questions).toEqual([]);
  });

  it('refuses to run without a value, and says for which parameter', async () => {
    await expect(run('select 1; select :a')).rejects.toMatchObject({
      data: { kind: 'InvalidInput', message: expect.stringContaining(':a'), position: 17 },
    });
  });

  it.each([
    ['select $2::int', '$2'],
    ['select $1::int, :a::int, $3::int', '$3'],
  ])('refuses a number that is left out, before it asks for values: %s', async (text, behind) => {
    const refusal = {
      data: {
        kind: 'InvalidInput',
        message: expect.stringContaining(behind),
        advice: expect.stringContaining('without a gap'),
        position: 10 + text.indexOf(behind),
      },
    };
    const script = `select 1; ${text}`;
    await expect(run(script, { parameters: { [behind]: '1' } })).rejects.toMatchObject(refusal);
    const listed = service.listParameters(connectionId, {
      tabId,
      text: script,
      target: { kind: 'all' },
    });
    await expect(listed).rejects.toMatchObject(refusal);
  });

  it('leads the position of an error back into the text of the person', async () => {
    const names = Array.from('abcdefghijkl', (letter) => `:${letter}`);
    const parameters = Object.fromEntries(names.map((name) => [name, '1']));
    const sql = `select '😀';\nselect ${names.join(', ')}, missing;`;
    const { outcomes } = await run(sql, { parameters });
    expect(outcomes[1]).toMatchObject({
      status: 'failed',
      error: { sqlState: '42703', position: sql.indexOf('missing') },
    });
  });

  it.each([
    ['create view seen as select :limit::int', 'takes no parameters: :limit'],
    ['create table t (a int default :limit)', 'takes no parameters: :limit'],
    ['set search_path = :limit', 'at or near ":limit"'],
    ['alter role postgres password :limit', 'at or near ":limit"'],
    ['select interval :limit', 'at or near ":limit"'],
  ])('says so where a parameter cannot stand: %s', async (text, message) => {
    const { outcomes } = await run(text, { parameters: { ':limit': '1' } });
    expect(outcomes).toMatchObject([
      {
        status: 'failed',
        error: {
          kind: 'InvalidQuery',
          message: expect.stringContaining(message),
          advice: expect.stringContaining('the value in place of it'),
        },
      },
    ]);
  });

  it('calls a parameter by its name where the server counts', async () => {
    const errorsOf = async (text: string): Promise<unknown> => {
      const parameters = { ':one': 'x', ':two': '$2' };
      const [outcome] = (await run(text, { parameters })).outcomes;
      return outcome?.status === 'failed' ? outcome.error : outcome;
    };
    expect(await errorsOf('select :one::text, :two is null')).toMatchObject({
      message: expect.stringContaining('parameter :two'),
    });
    for (const verb of ['', 'create temp table mine as ']) {
      expect(await errorsOf(`${verb}select :one::text, :two::int`)).toMatchObject({
        message: 'invalid input syntax for type integer: "$2"',
        where: expect.stringMatching(/^parameter :two/),
      });
    }
  });

  it.each(['a\0b', '\ud83d'])(
    'sends no value that would arrive as another one: %j',
    async (value) => {
      await expect(run('select :a', { parameters: { ':a': value } })).rejects.toMatchObject({
        data: { kind: 'InvalidInput', message: expect.stringContaining('The value of :a') },
      });
    },
  );

  it('shows the statement as it was written when it asks, and looks with the values', async () => {
    await database.query('create table doomed as select generate_series(1, 10) as id');
    await run('delete from doomed where id > :above or true', { parameters: { ':above': '4' } });
    expect(questions).toMatchObject([
      { statements: [{ text: 'delete from doomed where id > :above or true' }] },
    ]);
    expect(JSON.stringify(questions[0]?.statements[0])).not.toContain('there is no parameter');
  });
});

describe('refusedValues', () => {
  it('tells what the server says of each wrong value and of no other', async () => {
    await database.query('create domain positive as int check (value > 0)');
    const { rows } = await database.query<{ oid: number }>(
      `select 'positive'::regtype::oid::int as oid`,
    );
    const refused = await service.refusedValues(connectionId, {
      tabId,
      values: [
        { name: ':int', typeOid: 23, value: 'twelve' },
        { name: ':fine', typeOid: 23, value: ' 12 ' },
        { name: ':null', typeOid: 23, value: null },
        { name: ':date', typeOid: 1082, value: '2024-02-30' },
        { name: ':domain', typeOid: rows[0]?.oid ?? 0, value: '-1' },
        { name: ':text', typeOid: 25, value: "'" },
      ],
    });
    expect(refused.map(({ name, error }) => [name, error.sqlState])).toEqual([
      [':int', '22P02'],
      [':date', '22008'],
      [':domain', '23514'],
    ]);
    expect(refused[0]?.error.message).toBe('invalid input syntax for type integer: "twelve"');
  });
});

describe('a script', () => {
  it('goes on after an error where that is wanted', async () => {
    const script = 'select 1; select missing; select 3;';
    const status = ({ outcomes }: QueryRun) => outcomes.map((outcome) => outcome.status);
    expect(status(await run(script))).toEqual(['done', 'failed']);
    const goingOn = await run(script, { options: { onError: 'continue' } });
    expect(status(goingOn)).toEqual(['done', 'failed', 'done']);
  });

  it('leaves out commands of psql, and says so', async () => {
    const { outcomes } = await run('\\restrict abc\nselect 1;\n\\d orders\n');
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['done', 'done', 'done']);
    expect(outcomes[2]).toMatchObject({
      result: { notices: [{ message: expect.stringContaining('orders') }] },
    });
  });
});

const dump = `--
-- PostgreSQL database dump
--
\\restrict q8

SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;

CREATE SCHEMA shop;
CREATE TABLE shop.goods (
    id bigint NOT NULL,
    name text,
    price numeric(10,2),
    tags text[]
);
CREATE TABLE shop.empty (a int);

COPY shop.goods (id, name, price, tags) FROM stdin;
1	Größe; 😀 'x' "y"	1.50	{a,"b c"}
2	\\N	\\N	\\N
3	line\\nbreak\\ttab \\\\.	0.00	{}
9007199254740993		99999999.99	{NULL}
\\.

COPY shop.empty (a) FROM stdin;
\\.

ALTER TABLE ONLY shop.goods
    ADD CONSTRAINT goods_pkey PRIMARY KEY (id);

\\unrestrict q8
`;

describe('COPY … FROM STDIN', () => {
  it('restores a dump, row for row', async () => {
    const { outcomes } = await run(dump);
    expect(outcomes.filter(({ status }) => status !== 'done')).toEqual([]);
    const { rows } = await database.query(
      `select id::text, name, price::text, tags::text from shop.goods order by id`,
    );
    expect(rows).toEqual([
      { id: '1', name: `Größe; 😀 'x' "y"`, price: '1.50', tags: '{a,"b c"}' },
      { id: '2', name: null, price: null, tags: null },
      { id: '3', name: 'line\nbreak\ttab \\.', price: '0.00', tags: '{}' },
      { id: '9007199254740993', name: '', price: '99999999.99', tags: '{NULL}' },
    ]);
  });

  it('tells which row the server refuses, and the session goes on', async () => {
    await database.query('create table numbers (n int)');
    const rows = Array.from({ length: 50_000 }, (_, n) => (n === 40_000 ? 'x' : String(n)));
    const script = `COPY numbers FROM STDIN;\n${rows.join('\n')}\n\\.\nselect count(*) from numbers;`;
    const { outcomes } = await run(script, { options: { onError: 'continue' } });
    expect(outcomes[0]).toMatchObject({
      status: 'failed',
      error: {
        sqlState: '22P02',
        where: expect.stringContaining('line 40001'),
        position: script.indexOf('x\n'),
      },
    });
    expect(outcomes[1]).toMatchObject({ status: 'done' });
    const { rows: left } = await database.query('select count(*)::int as n from numbers');
    expect(left).toEqual([{ n: 0 }]);
  });

  it('leads to a row whose constraint or trigger refuses it, in a selection too', async () => {
    await database.query(`
      create table picky (a int check (a <> 7), b text);
      create function refuse() returns trigger language plpgsql as
        $$ begin if new.b = 'no' then raise 'no, line 1'; end if; return new; end $$;
      create trigger refuse before insert on picky for each row execute function refuse();`);
    const before = "select '🐘';\n";
    const csv = '(format csv)';
    const odd = String.raw`with csv quote as '''' escape '\'`;
    for (const [options, rows, refused] of [
      [csv, '0,x\n1,"é\né"\n7,x\n', '7,x'],
      [csv, '1,x\r\n2,no\r\n', '2,no'],
      ['(format CSV)', '1,x\n7,"x\n""y\n"\n2,x\n', '7,"x'],
      // What the server counts depends on how the first row ends.
      [csv, '1,"a\nb\n"\n2,x\n7,x\n', '7,x'],
      [csv, '1,"a\r\nb"\r\n2,"\r\n\r\n"\r\n7,x\r\n', '7,x'],
      [csv, '1,"a\rb"\n2,x\n7,"x\ny"\n', '7,"x'],
      ['(format csv, header)', '"a\nb\nc",b\n1,x\n7,x\n', '7,x'],
      [odd, String.raw`1,'\'`.concat('\n"\n', String.raw`\\'`, '\n7,x\n'), '7,x'],
      [csv, '1,x\nseven,"x\ny"\n', 'seven'],
      [csv, '1,x\n2,"x\ny\n', '2,"x'],
      ['', '1\t"\n2\t"\n7\tx\n', '7\tx'],
    ] as const) {
      const text = `${before}copy picky from stdin ${options};\n${rows}\\.\n`;
      const target = {
        kind: 'selection',
        range: { from: before.length, to: text.length },
      } as const;
      const { outcomes } = await run(text, { target });
      expect(outcomes).toMatchObject([
        { status: 'failed', error: { position: text.indexOf(refused) } },
      ]);
    }
  });

  it('takes many rows, and tells how far it is', async () => {
    await database.query('create table many (n int, t text)');
    const rows = Array.from({ length: 100_000 }, (_, n) => `${n}\tname ${n} ü`);
    const { outcomes } = await run(`COPY many FROM STDIN;\n${rows.join('\n')}\n\\.\n`);
    expect(outcomes).toMatchObject([{ status: 'done', result: { commandTag: 'COPY 100000' } }]);
    const shares = progress.flatMap(({ sentShare }) =>
      sentShare === undefined ? [] : [sentShare],
    );
    expect(shares.length).toBeGreaterThan(5);
    expect(shares.at(-1)).toBe(1);
  });

  it('can be cancelled, and leaves nothing behind', async () => {
    await database.query('create table halted (n int)');
    const executionId = randomUUID();
    const rows = Array.from({ length: 300_000 }, (_, n) => String(n));
    let isCancelled = false;
    const { outcomes } = await service.executeQuery(
      connectionId,
      {
        tabId,
        executionId,
        text: `COPY halted FROM STDIN;\n${rows.join('\n')}\n\\.\n`,
        target: { kind: 'all' },
      },
      {
        confirm: () => Promise.resolve({ choice: 'run', waive: false }),
        onProgress: () => {
          if (!isCancelled) void service.cancelQuery(executionId);
          isCancelled = true;
        },
      },
    );
    expect(outcomes).toMatchObject([{ status: 'failed', error: { kind: 'Cancelled' } }]);
    const { rows: left } = await database.query('select count(*)::int as n from halted');
    expect(left).toEqual([{ n: 0 }]);
  });

  it('says what is missing where the rows have no end', async () => {
    const { outcomes } = await run('COPY x FROM STDIN;');
    expect(outcomes[0]).toMatchObject({
      status: 'failed',
      error: { message: expect.stringContaining('have no end') },
    });
  });
});
