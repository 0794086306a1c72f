import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../database';
import { QueryServices, type Tab } from './question-fixture';

let database: TestDatabase;
let services: QueryServices;
let local: string;
let production: string;
let tab: Tab;

beforeAll(async () => {
  database = await createDatabase();
  await database.query(`
    CREATE SCHEMA shop;
    CREATE EXTENSION pg_trgm;
    CREATE TABLE shop.orders (id int, state text);
    INSERT INTO shop.orders VALUES (1, 'open');
    CREATE FUNCTION shop.purge() RETURNS SETOF shop.orders LANGUAGE plpgsql AS $$
      DECLARE "row" shop.orders%ROWTYPE;
      BEGIN "row".id := 1; RETURN QUERY DELETE FROM shop.orders RETURNING *; END $$;
    CREATE FUNCTION shop.tidy(text) RETURNS void LANGUAGE sql AS 'SELECT shop.purge()';
    CREATE FUNCTION shop.tidy(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
    CREATE PROCEDURE shop.reset() LANGUAGE sql BEGIN ATOMIC DELETE FROM shop.orders; END;
    CREATE FUNCTION shop.once(n int) RETURNS int LANGUAGE plpgsql AS $$
      BEGIN DELETE FROM shop.orders WHERE id = n; RETURN shop.once(n); END $$;
    CREATE FUNCTION shop.sum() RETURNS int LANGUAGE plpgsql AS $$
      BEGIN DROP TABLE IF EXISTS part; CREATE TEMP TABLE part AS SELECT 1; DELETE FROM part; RETURN 1; END $$;
    CREATE FUNCTION shop.dynamic() RETURNS int LANGUAGE plpgsql AS $$
      DECLARE n int; BEGIN EXECUTE 'SELECT ' || length('1234567') INTO n; RETURN n; END $$;
    CREATE PROCEDURE shop.batch() LANGUAGE plpgsql AS $$
      BEGIN DELETE FROM shop.orders WHERE id = 7; COMMIT; END $$;
    CREATE FUNCTION shop.look() RETURNS SETOF shop.orders LANGUAGE plpgsql STABLE AS $$
      BEGIN RETURN QUERY SELECT * FROM shop.orders; PERFORM shop.purge(); END $$;
    CREATE FUNCTION shop.report(n text) RETURNS SETOF shop.orders LANGUAGE plpgsql STABLE AS $$
      BEGIN RETURN QUERY EXECUTE 'SELECT * FROM ' || n; END $$;
    CREATE FUNCTION shop.count() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT count(*) FROM shop.orders';
  `);
  services = await QueryServices.start();
  local = await services.connect(database.settings);
  production = await services.connect(database.settings, 'production');
});
afterAll(async () => {
  await services.stop();
  await database.drop();
});
beforeEach(() => {
  tab = services.tab(local);
  return () => tab.close();
});

const purges = 'shop.purge(): Deletes every row of shop.orders: it has no WHERE.';

describe('the code of a routine that is called', () => {
  it.each([
    ['select * from shop.purge()', purges],
    [`select shop.tidy('x')`, purges],
    ['do $$ begin perform shop.purge(); end $$', purges],
    ['select * from shop.look()', purges],
    ['explain analyze select shop.purge()', purges],
    ['call shop.reset()', 'shop.reset(): Deletes every row of shop.orders: it has no WHERE.'],
  ])('is looked into: %s', async (text, reason) => {
    const { statements } = await tab.questionOf(text);
    expect(statements).toMatchObject([{ risks: [{ level: 'confirm', reason }], impacts: [] }]);
  });

  it('is found along the search_path of the tab', async () => {
    await tab.setUp('set search_path = shop');
    const { statements } = await tab.questionOf('select purge()');
    expect(statements[0]?.risks[0]?.reason).toContain('purge(): Deletes every row');
  });

  it.each([
    'select shop.count()',
    'select shop.sum()',
    'select shop.dynamic()',
    `select similarity('a', 'b')`,
    'explain select shop.purge()',
    'create view pg_temp.v as select shop.purge()',
  ])('asks nothing where it harms nothing: %s', async (text) => {
    await tab.setUp(text);
    expect(tab.asked).toEqual([]);
  });

  it('counts as the statement in production', async () => {
    const there = services.tab(production);
    await there.setUp('select shop.count()');
    await there.setUp(`select shop.report('shop.orders')`);
    expect(there.asked).toEqual([]);
    await there.questionOf('select shop.once(7)');
    await there.questionOf('select shop.dynamic()');
    expect(await there.questionOf('call shop.reset()')).toMatchObject({ canReview: true });
    // It commits within its code: nothing could be rolled back.
    expect(await there.questionOf('call shop.batch()')).toMatchObject({ canReview: false });
    await there.close();
  });
});
