import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { HealthService } from '../../../src/main/services/health-service';
import { SearchService } from '../../../src/main/services/search/search-service';
import type { ConnectionSettings } from '../../../src/main/db/session/connection-settings';
import type { SearchHit } from '../../../src/shared/models/search';
import { createDatabase, type TestDatabase } from '../database';

const registry = new ConnectionRegistry({ health: new HealthService() });
const service = new SearchService(registry);
let database: TestDatabase;
let connectionId: string;

async function open(settings: ConnectionSettings): Promise<string> {
  const connection = await registry.open(settings, {
    profileId: null,
    origin: 'environment',
    name: 'test',
    color: 'gray',
    environment: 'local',
  });
  return connection.connectionId;
}

beforeAll(async () => {
  database = await createDatabase();
  await database.query(`
    CREATE SCHEMA shop;
    CREATE TABLE shop.order_items (id int PRIMARY KEY, gone int, "unitPrice" numeric);
    ALTER TABLE shop.order_items DROP COLUMN gone;
    CREATE VIEW shop.cheap AS SELECT * FROM shop.order_items;
    CREATE MATERIALIZED VIEW shop.totals AS SELECT 1 AS total;
    CREATE TABLE shop.events (at date) PARTITION BY RANGE (at);
    CREATE SEQUENCE shop.numbers;
    CREATE TYPE shop.mood AS ENUM ('good', 'bad');
    CREATE FUNCTION shop.price_of(item int) RETURNS int LANGUAGE sql AS 'SELECT 1';
    CREATE FUNCTION shop.price_of(item text) RETURNS int LANGUAGE sql AS 'SELECT 1';
    CREATE PROCEDURE shop.tidy() LANGUAGE sql AS 'SELECT 1';
    CREATE TABLE shop."a.b ""c""" (x int);
  `);
  connectionId = await open(database.settings);
});
afterAll(async () => {
  await registry.closeAll();
  await database.drop();
});

const search = async (text: string, id = connectionId): Promise<readonly SearchHit[]> =>
  (await service.search(id, { text, group: null, recent: [] })).hits;

describe('the search', () => {
  it.each([
    ['ordit', 'table', 'order_items'],
    ['cheap', 'view', 'cheap'],
    ['totals', 'materialized view', 'totals'],
    ['events', 'partitioned table', 'events'],
    ['shop.numbers', 'sequence', 'numbers'],
    ['mood', 'type', 'mood'],
    ['a.b "c"', 'table', 'a.b "c"'],
    ['shop."a.b ""c""', 'table', 'a.b "c"'],
    ['shop.tidy', 'procedure', 'tidy'],
    ['shop', 'schema', 'shop'],
    ['unitprice', 'column', 'unitPrice'],
    ['items.unit', 'column', 'unitPrice'],
    ['pg_class', 'table', 'pg_class'],
  ])('finds by "%s" a %s', async (text, kind, name) => {
    expect((await search(text))[0]).toMatchObject({ kind, name });
  });

  it('tells overloads apart, and says where a column is', async () => {
    const routines = (await search('price_of')).filter(({ kind }) => kind === 'function');
    expect(new Set(routines.map((hit) => hit.arguments))).toEqual(
      new Set(['item integer', 'item text']),
    );
    const column = (await search('order_items.unit')).find(({ relation }) => relation !== null);
    expect(column).toMatchObject({ schema: 'shop', relation: 'order_items', column: 3 });
    expect(await search('order_items.gone')).toEqual([]);
  });

  it('marks what may not be used', async () => {
    const role = await database.createRole();
    const limited = await open(role.settings);
    expect((await search('order_items', limited))[0]).toMatchObject({ canUse: false });
    expect((await search('pg_class', limited))[0]).toMatchObject({ canUse: true });
    await registry.close(limited);
  });

  it('knows a new table after a refresh, and a dropped one no more', async () => {
    expect(await search('brand_new_table')).toEqual([]);
    await database.query('CREATE TABLE brand_new_table (id int)');
    await service.refresh(connectionId);
    const [hit] = await search('brand_new_table');
    expect(hit).toMatchObject({ kind: 'table', schema: 'public' });
    await database.query('DROP TABLE brand_new_table');
    await service.refresh(connectionId);
    const recent = hit === undefined ? [] : [hit];
    const answer = await service.search(connectionId, { text: '', group: null, recent });
    expect(answer.hits).toEqual([]);
  });

  it('keeps what the later of two refreshes knows, whichever ends last', async () => {
    const { pool } = registry.get(connectionId);
    const query = pool.query.bind(pool);
    vi.spyOn(pool, 'query').mockImplementationOnce(async (...parameters) => {
      const rows = await query(...parameters);
      await database.query('CREATE SCHEMA newest');
      await service.refresh(connectionId);
      return rows;
    });
    await service.refresh(connectionId);
    expect((await search('newest'))[0]).toMatchObject({ kind: 'schema', name: 'newest' });
  });

  it('stops the search before it', async () => {
    const first = service.search(connectionId, { text: 'order', group: null, recent: [] });
    const second = service.search(connectionId, { text: 'orders', group: null, recent: [] });
    expect((await first).isSuperseded).toBe(true);
    expect((await second).isSuperseded).toBe(false);
  });

  it('raises NotFound on a connection that is closed', async () => {
    const other = await open(database.settings);
    await registry.close(other);
    await expect(search('x', other)).rejects.toMatchObject({ kind: 'NotFound' });
  });
});
