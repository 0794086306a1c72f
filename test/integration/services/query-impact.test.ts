import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { QueryValidator } from '../../../src/main/services/query-validator';
import { GuardedLook } from '../../../src/main/services/query/impact/guarded-look';
import { lookAtStatement } from '../../../src/main/services/query/impact/look-at-statement';
import type { Impact } from '../../../src/main/services/query/impact/impact';
import { formatBytes } from '../../../src/main/services/query/impact/quantities';
import { describeConfirmation } from '../../../src/main/services/query/confirmation/confirmation-text';
import { createDatabase, type TestDatabase } from '../database';
import { QueryServices, type Tab } from './question-fixture';

let database: TestDatabase;
let services: QueryServices;
let connectionId: string;
let tab: Tab;

beforeAll(async () => {
  database = await createDatabase();
  await database.query(`
    CREATE SCHEMA shop;
    CREATE TABLE shop.orders (id int PRIMARY KEY, state text, parent int REFERENCES shop.orders);
    CREATE TABLE shop.items (order_id int REFERENCES shop.orders ON DELETE CASCADE, no int, PRIMARY KEY (order_id, no));
    CREATE TABLE shop.item_notes (order_id int, no int, FOREIGN KEY (order_id, no) REFERENCES shop.items ON DELETE CASCADE);
    CREATE TABLE shop.invoices (order_id int REFERENCES shop.orders ON DELETE SET NULL);
    CREATE TABLE shop.parcels (order_id int REFERENCES shop.orders);
    CREATE VIEW shop.open_orders AS SELECT * FROM shop.orders WHERE state = 'open';
    CREATE VIEW shop.oldest AS SELECT min(id) FROM shop.open_orders;
    CREATE FUNCTION shop.tell() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN old; END';
    CREATE TRIGGER audit AFTER DELETE ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.tell();
    CREATE TRIGGER unseen AFTER UPDATE ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.tell();
    INSERT INTO shop.orders SELECT n, CASE WHEN n <= 30 THEN 'open' ELSE 'done' END FROM generate_series(1, 1000) AS n;
    CREATE TABLE "O'Brien ""🐘""" (id int);
    INSERT INTO "O'Brien ""🐘""" VALUES (1), (2);
    CREATE TABLE measures (at date, value int) PARTITION BY RANGE (at);
    CREATE TABLE measures_1 PARTITION OF measures FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
    CREATE TABLE measures_2 PARTITION OF measures FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
    INSERT INTO measures SELECT '2020-01-01'::date + n, n FROM generate_series(0, 699) AS n;
    CREATE TABLE many (id int);
    INSERT INTO many SELECT generate_series(1, 150000);
    ANALYZE;
  `);
  services = await QueryServices.start();
  connectionId = await services.connect(database.settings, 'production');
});
afterAll(async () => {
  await services.stop();
  await database.drop();
});
beforeEach(() => {
  tab = services.tab(connectionId);
});
afterEach(() => tab.close());

async function impactsOf(text: string, on = tab): Promise<readonly Impact[]> {
  const { statements } = await on.questionOf(text);
  return statements.flatMap(({ impacts }) => impacts);
}

async function impactOf(text: string, on = tab): Promise<Impact> {
  const [impact, second] = await impactsOf(text, on);
  if (impact === undefined || second !== undefined) throw new Error('Not one impact.');
  return impact;
}

describe('rows', () => {
  it('are counted for a DELETE that few match', async () => {
    expect(await impactOf(`delete from shop.orders where state = 'open'`)).toMatchObject({
      action: 'delete',
      whole: null,
      touched: { count: 30, isExact: true },
      targets: [{ name: 'shop.orders', rows: { count: 1000, isExact: false } }],
    });
  });

  it('are counted for an UPDATE with an alias, a comment and RETURNING', async () => {
    const text = `-- close them\nupdate shop.orders as o /* SET */ set state = (select 'x' where true) where o.id between 1 and 5 returning o.id`;
    expect(await impactOf(text)).toMatchObject({
      action: 'update',
      touched: { count: 5, isExact: true },
    });
  });

  it('are guessed where there are many, and for a join', async () => {
    const whole = await impactOf('delete from many');
    expect(whole).toMatchObject({ whole: 'no-where', touched: { isExact: false } });
    expect(whole.touched?.count).toBeGreaterThan(140_000);
    const join = await impactOf(
      'delete from shop.orders using shop.items where shop.items.order_id = shop.orders.id',
    );
    expect(join.touched?.isExact).toBe(false);
  });

  it('are counted where the planner knows nothing yet', async () => {
    await database.query(`
      CREATE TABLE fresh (id int) PARTITION BY RANGE (id);
      DO $$ BEGIN
        FOR i IN 0..49 LOOP
          EXECUTE format('CREATE TABLE fresh_%1$s PARTITION OF fresh FOR VALUES FROM (%1$s) TO (%2$s)', i, i + 1);
        END LOOP;
      END $$;
      INSERT INTO fresh SELECT n FROM generate_series(0, 49) AS n;
    `);
    expect((await impactOf('delete from fresh')).touched).toEqual({ count: 50, isExact: true });
    await database.query('DROP TABLE fresh');
  });

  it('of the statement itself are known for an INSERT', async () => {
    expect(await impactOf('insert into shop.parcels values (1), (2), (3)')).toMatchObject({
      action: 'insert',
      touched: { count: 3, isExact: true },
      targets: [{ name: 'shop.parcels' }],
    });
  });

  it('are told for each table that a common table expression changes', async () => {
    const impacts = await impactsOf(
      `with gone as (delete from shop.items returning *), new as (insert into shop.parcels values (1)) select * from gone`,
    );
    expect(new Map(impacts.map(({ action, targets }) => [action, targets[0]?.name]))).toEqual(
      new Map([
        ['delete', 'shop.items'],
        ['insert', 'shop.parcels'],
      ]),
    );
  });

  it('are not counted by calling functions of which it is not known what they do', async () => {
    await database.query(
      `CREATE TABLE calls (id int); CREATE FUNCTION act() RETURNS bool LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_lock(4711); RETURN true; END $$`,
    );
    const impact = await impactOf('delete from shop.orders where id < 3 and act()');
    expect(impact.touched?.isExact).toBe(false);
    const { rows } = await database.query(`SELECT pg_try_advisory_xact_lock(4711) AS free`);
    expect(rows).toEqual([{ free: true }]);
  });

  it('of a partitioned table are those of its partitions', async () => {
    const impact = await impactOf('truncate measures');
    expect(impact).toMatchObject({
      targets: [{ kind: 'partitioned table', partitions: 2, rows: { count: 700, isExact: true } }],
    });
    expect(impact.bytes).toBeGreaterThan(0);
    expect(await impactOf('delete from measures')).toMatchObject({
      touched: { count: 700, isExact: true },
    });
  });

  it('are told of what EXPLAIN ANALYZE runs', async () => {
    for (const options of ['analyze', '(analyze, buffers, format json)', 'analyze verbose']) {
      expect(await impactOf(`explain ${options} delete from shop.orders`)).toMatchObject({
        whole: 'no-where',
        touched: { count: 1000, isExact: true },
      });
    }
  });

  it('are not taken as counted where each row is a toss of the dice', async () => {
    const impact = await impactOf('delete from shop.orders where id > 900 and random() < 0.5');
    expect(impact.touched?.isExact).toBe(false);
  });

  it('are unknown where a rule makes another statement of it', async () => {
    await database.query(
      'CREATE TABLE ruled (id int); CREATE RULE kept AS ON DELETE TO ruled DO INSTEAD NOTHING',
    );
    expect(await impactOf('delete from ruled')).toMatchObject({
      targets: [],
      unknown: 'a rule rewrites the statement',
    });
  });

  it('of a view are those of its table', async () => {
    expect(await impactOf('delete from shop.open_orders')).toMatchObject({
      targets: [{ name: 'shop.orders', rows: { count: 1000 } }],
      whole: null,
    });
  });

  it('of a join are not more than its table holds', async () => {
    const { touched } = await impactOf('update shop.orders set state = $$x$$ from many');
    expect(touched?.count).toBe(1000);
  });
});

describe('sizes', () => {
  it('are written as the server writes them', async () => {
    const sizes = [
      0, 1, 10_239, 10_240, 10_752, 10_485_247, 10_485_248, 1e9, 123_456_789_012, 2e15,
    ];
    const { rows } = await database.query<{ text: string }>(
      'SELECT pg_size_pretty(size) AS text FROM unnest($1::int8[]) AS sizes (size)',
      [sizes],
    );
    expect(sizes.map(formatBytes)).toEqual(rows.map(({ text }) => text));
  });
});

describe('what goes along', () => {
  it('is told of foreign keys, over cascades, and of triggers that act', async () => {
    const impact = await impactOf('delete from shop.orders where id = 1');
    expect(impact.triggers).toEqual(['audit']);
    expect(impact.referringTables).toEqual(
      expect.arrayContaining([
        { name: 'shop.items', onDelete: 'cascade', isDirect: true },
        { name: 'shop.item_notes', onDelete: 'cascade', isDirect: false },
        { name: 'shop.invoices', onDelete: 'set null', isDirect: true },
        { name: 'shop.parcels', onDelete: 'refuse', isDirect: true },
      ]),
    );
    expect(impact.referringTables).toHaveLength(4);
  });

  it('is told of DROP TABLE ... CASCADE, view on view included, and as what refuses it otherwise', async () => {
    const dependents = [
      {
        kind: 'foreign key',
        count: 3,
        names: [
          'invoices_order_id_fkey of shop.invoices',
          'items_order_id_fkey of shop.items',
          'parcels_order_id_fkey of shop.parcels',
        ],
      },
      { kind: 'view', count: 2, names: ['shop.oldest', 'shop.open_orders'] },
    ];
    expect(await impactOf('drop table shop.orders cascade')).toMatchObject({
      cascades: true,
      dependents,
    });
    const refused = await tab.questionOf('drop table shop.orders');
    expect(describeConfirmation(refused).detail).toContain(
      'The server will refuse it without CASCADE: 3 foreign keys',
    );
    const { outcomes } = await tab.run('drop table shop.orders', 'run');
    expect(outcomes).toMatchObject([{ status: 'failed', error: { sqlState: '2BP01' } }]);
  });

  it('is what the server itself would drop', async () => {
    const impact = await impactOf('drop schema shop cascade');
    const notices: string[] = [];
    const { outcomes } = await tab.run('begin; drop schema shop cascade; rollback', 'run');
    for (const outcome of outcomes) {
      if (outcome.status === 'done') {
        notices.push(...outcome.result.notices.map(({ detail = '' }) => detail));
      }
    }
    // The server lists tables, views and functions; foreign keys within the schema go unsaid.
    const listed = notices
      .join('\n')
      .split('\n')
      .filter((line) => line.startsWith('drop cascades to '));
    const known = impact.dependents.reduce((sum, { count }) => sum + count, 0);
    expect(listed.filter((line) => !line.includes('constraint'))).toHaveLength(known);
    expect(impact.bytes).toBeGreaterThan(0);
  });

  it('is told of a column that a view and a foreign key need', async () => {
    expect(await impactOf('alter table shop.orders drop column id cascade')).toMatchObject({
      action: 'alter',
      cascades: true,
      dependents: [
        { kind: 'foreign key', count: 4 },
        { kind: 'view', count: 2 },
      ],
    });
    expect((await impactOf('alter table shop.orders drop column parent')).dependents).toMatchObject(
      [{ kind: 'view', count: 2 }],
    );
  });

  it('is told of a constraint that foreign keys need', async () => {
    expect(await impactOf('alter table shop.items drop constraint items_pkey')).toMatchObject({
      dependents: [
        { kind: 'foreign key', names: ['item_notes_order_id_no_fkey of shop.item_notes'] },
      ],
    });
  });

  it('is told of TRUNCATE, all along the foreign keys', async () => {
    const impact = await impactOf('truncate shop.orders cascade');
    expect([...impact.truncatedToo].sort()).toEqual([
      'shop.invoices',
      'shop.item_notes',
      'shop.items',
      'shop.parcels',
    ]);
    expect(describeConfirmation(await tab.questionOf('truncate shop.items')).detail).toContain(
      'The server will refuse it without CASCADE: shop.item_notes refers to it.',
    );
  });

  it('is told of keys and triggers of partitions and of their parent', async () => {
    await database.query(`
      CREATE TABLE rooted (id int PRIMARY KEY) PARTITION BY RANGE (id);
      CREATE TABLE rooted_1 PARTITION OF rooted FOR VALUES FROM (0) TO (10);
      CREATE TABLE to_parent (id int REFERENCES rooted ON DELETE CASCADE);
      CREATE TABLE to_partition (id int REFERENCES rooted_1);
      CREATE TRIGGER above AFTER DELETE ON rooted FOR EACH ROW EXECUTE FUNCTION shop.tell();
      CREATE TRIGGER below BEFORE DELETE ON rooted_1 FOR EACH ROW EXECUTE FUNCTION shop.tell()`);
    const fromParent = await impactOf('delete from rooted');
    const names = ({ referringTables }: Impact) => referringTables.map(({ name }) => name);
    expect(names(fromParent)).toEqual(['public.to_parent', 'public.to_partition']);
    expect(fromParent.triggers).toEqual(['above', 'below']);
    const fromPartition = await impactOf('delete from rooted_1');
    expect(names(fromPartition)).toEqual(['public.to_parent', 'public.to_partition']);
  });

  it('is told of an index, of what is rewritten, and of nothing where there is nothing', async () => {
    await database.query('CREATE INDEX by_state ON shop.orders (state)');
    const index = await impactOf('drop index shop.by_state');
    expect(index).toMatchObject({
      targets: [{ name: 'shop.by_state', kind: 'index', rows: null }],
      dependents: [],
    });
    expect(index.bytes).toBeGreaterThan(0);
    await database.query(
      'CREATE MATERIALIZED VIEW shop.totals AS SELECT count(*) FROM shop.orders',
    );
    expect(await impactOf('refresh materialized view shop.totals')).toMatchObject({
      targets: [{ name: 'shop.totals', kind: 'materialized view' }],
    });
    const create = await tab.questionOf('create table plain (id int)');
    expect(describeConfirmation(create).message).toBe('Run CREATE in production "EU-1"?');
    for (const text of ['vacuum full shop.totals', 'reindex index shop.by_state']) {
      const rewritten = await impactOf(text);
      expect(rewritten.targets).toHaveLength(1);
      expect(rewritten.bytes).toBeGreaterThan(0);
    }
    await database.query('DROP MATERIALIZED VIEW shop.totals; DROP INDEX shop.by_state');
  });

  it('leaves out a type that nothing uses', async () => {
    await database.query(
      `CREATE TYPE mood AS ENUM ('calm'); CREATE TABLE feelings (id int, mood mood)`,
    );
    expect(await impactOf('drop type mood cascade')).toMatchObject({
      object: 'type mood',
      dependents: [{ kind: 'column', count: 1, names: ['mood of public.feelings'] }],
    });
  });
});

describe('names', () => {
  it('with quotes and emoji are found', async () => {
    expect(await impactOf(`drop table "O'Brien ""🐘"""`)).toMatchObject({
      targets: [{ name: `public."O'Brien ""🐘"""`, rows: { count: 2, isExact: true } }],
    });
  });

  it('are found along the search_path of the tab', async () => {
    await tab.setUp('set search_path = shop');
    expect(await impactOf('delete from items')).toMatchObject({
      targets: [{ name: 'shop.items' }],
    });
  });

  it('of temporary tables are found in the session of the tab, which stays as it was', async () => {
    await tab.setUp(
      `create temporary table orders (id int); insert into orders values (1), (2); set statement_timeout = '7s'`,
    );
    expect(await impactOf('delete from orders')).toMatchObject({
      targets: [{ name: expect.stringMatching(/^pg_temp_\d+\.orders$/u) as string }],
      touched: { count: 2, isExact: true },
    });
    const { outcomes } = await tab.run(
      'show statement_timeout; insert into orders values (3)',
      'run',
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['done', 'done']);
  });
});

describe('an open transaction', () => {
  it('is looked at from inside, and stays open, able to write and without further locks', async () => {
    await tab.setUp('begin; insert into shop.parcels select 1 from generate_series(1, 7)');
    const locks = () =>
      database.query(
        `SELECT relation::regclass::text, mode FROM pg_locks WHERE locktype = 'relation' AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND mode <> 'AccessShareLock' ORDER BY 1, 2`,
      );
    const before = (await locks()).rows;
    expect(await impactOf('delete from shop.parcels')).toMatchObject({
      touched: { count: 7, isExact: true },
    });
    await impactOf('truncate shop.items cascade');
    expect((await locks()).rows).toEqual(before);
    const { transaction, outcomes } = await tab.run('delete from shop.parcels', 'run');
    expect(outcomes).toMatchObject([{ status: 'done', result: { rowCount: 7 } }]);
    expect(transaction).toBe('open');
  });

  it('keeps the savepoint of the same name that a person made', async () => {
    await tab.setUp(
      'begin; insert into shop.parcels values (1); savepoint postern_look; insert into shop.parcels values (2)',
    );
    await impactOf('delete from shop.parcels');
    await tab.setUp('rollback to savepoint postern_look');
    expect(await impactOf('delete from shop.parcels')).toMatchObject({ touched: { count: 1 } });
  });

  it('of a stricter isolation is left alone: another session looks', async () => {
    await tab.setUp(
      'set search_path = shop; begin isolation level repeatable read; select 1; insert into parcels values (1)',
    );
    expect(await impactOf('delete from parcels')).toMatchObject({
      targets: [{ name: 'shop.parcels' }],
      touched: { count: 0, isExact: true },
    });
  });

  it('can still be set up after the look', async () => {
    await tab.setUp('begin');
    const { outcomes, transaction } = await tab.run(
      'set transaction isolation level serializable; delete from shop.parcels',
      'run',
    );
    expect(tab.asked).toHaveLength(1);
    expect(outcomes.map(({ status }) => status)).toEqual(['done', 'done']);
    expect(transaction).toBe('open');
  });

  it('that has failed is told, and not asked', async () => {
    await tab.run('begin; select 1/0', 'run');
    const { statements } = await tab.questionOf('delete from shop.parcels');
    expect(statements[0]?.unknown).toContain('the transaction has failed');
  });
});

describe('a script', () => {
  it('is not looked at along a search_path that it is yet to set', async () => {
    const { statements } = await tab.questionOf('set search_path = shop; delete from orders');
    expect(statements).toMatchObject([
      { impacts: [], unknown: 'an earlier statement of the run changes the session' },
    ]);
  });

  it('is not said to be refused for a table that it is yet to make', async () => {
    const question = await tab.questionOf('create table fresh (id int); delete from fresh');
    expect(question.statements[0]).toMatchObject({ kind: 'delete', impacts: [{ refusal: null }] });
    expect(describeConfirmation(question).detail).not.toContain('refuse');
  });

  it('is not asked about when it was cancelled during the look', async () => {
    await database.query('BEGIN; LOCK TABLE shop.items IN ACCESS EXCLUSIVE MODE');
    try {
      const running = tab.run('delete from shop.items', 'run');
      await vi.waitFor(async () => {
        const { rowCount } = await database.query(
          // In this transaction, pg_stat_activity would go on saying what it said first.
          `SELECT FROM pg_locks JOIN pg_database d ON d.oid = database WHERE datname = current_database() AND NOT granted`,
        );
        expect(rowCount).toBe(1);
      });
      await tab.cancel();
      expect(await running).toMatchObject({
        outcomes: [{ status: 'failed', error: { kind: 'Cancelled' } }],
        nothingSent: true,
      });
      expect(tab.asked).toHaveLength(0);
    } finally {
      await database.query('ROLLBACK');
    }
  });
});

describe('what cannot be seen', () => {
  it('is a relation that is not there', async () => {
    expect(await impactOf('drop table if exists nothere')).toMatchObject({
      targets: [],
      unknown: 'not every relation that it names is there',
    });
    expect(await impactOf('drop table nothere, many')).toMatchObject({
      targets: [{ name: 'public.many' }],
      unknown: 'not every relation that it names is there',
    });
  });

  it('is a missing table: the server says so', async () => {
    expect(await impactOf('delete from nowhere')).toMatchObject({
      refusal: 'relation "nowhere" does not exist',
      touched: null,
    });
  });

  it('is a table without rights: the server would refuse it', async () => {
    const role = await database.createRole();
    await database.query(`GRANT USAGE ON SCHEMA shop TO ${role.name}`);
    const other = services.tab(await services.connect(role.settings));
    expect(await impactOf('delete from shop.orders', other)).toMatchObject({
      refusal: 'permission denied for table orders',
      targets: [{ name: 'shop.orders' }],
    });
    await other.close();
  });

  it('is a locked table: the question comes all the same', async () => {
    await database.query('BEGIN; LOCK TABLE shop.items IN ACCESS EXCLUSIVE MODE');
    try {
      const { statements } = await tab.questionOf('delete from shop.items');
      expect(statements[0]).toMatchObject({
        impacts: [
          {
            targets: [{ name: 'shop.items' }],
            unknown: 'another session holds a lock on it',
            bytes: null,
          },
        ],
      });
    } finally {
      await database.query('ROLLBACK');
    }
  });

  it('is what depends on a schema with more objects than there is time for', async () => {
    const { statements } = await tab.questionOf('drop schema shop cascade');
    const [subject] = statements;
    if (subject === undefined) throw new Error('There is no question.');
    const { pool } = services.registry.get(connectionId);
    const client = await pool.acquire();
    // The time ends as soon as the look begins: every step of it fails.
    const endsAt = performance.now() - 1;
    const [analysis] = QueryValidator.analyse(subject.text);
    if (analysis === undefined) throw new Error('There is no statement.');
    const impacts = await GuardedLook.within(client, { endsAt, searchPath: null }, (look) =>
      lookAtStatement(look, subject.text, analysis),
    );
    expect(impacts).toMatchObject([{ unknown: 'looking took too long', dependents: [] }]);
    expect(client.client.getTransactionStatus()).toBe('I');
    client.release();
  });

  it('is what a pool without a free client cannot show', async () => {
    const { limits } = database.settings;
    const narrow = { ...database.settings, limits: { ...limits, maxConnections: 1 } };
    const narrowId = await services.connect(narrow);
    const holder = services.tab(narrowId);
    await holder.setUp('begin');
    const other = services.tab(narrowId);
    const { statements } = await other.questionOf('delete from shop.items');
    expect(statements[0]).toMatchObject({ impacts: [], unknown: 'looking took too long' });
    await holder.close();
    await other.close();
  });

  it('leaves no session behind', async () => {
    await impactOf('delete from shop.orders');
    await expect.poll(() => services.registry.get(connectionId).pool.stats().active).toBe(0);
  });
});
