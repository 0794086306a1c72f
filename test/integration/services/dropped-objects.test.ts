import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeConfirmation } from '../../../src/main/services/query/confirmation/confirmation-text';
import { createDatabase, type TestDatabase } from '../database';
import { QueryServices, type Tab } from './question-fixture';

let database: TestDatabase;
let services: QueryServices;
let tab: Tab;

beforeAll(async () => {
  database = await createDatabase();
  await database.query(`
    CREATE SCHEMA shop;
    SET search_path = shop, public;
    CREATE EXTENSION pg_trgm SCHEMA public;
    CREATE EXTENSION hstore SCHEMA public;
    CREATE COLLATION german (provider = icu, locale = 'de');
    CREATE DOMAIN shade AS text;
    CREATE TABLE told (name text COLLATE german, more hstore, shade shade);
    CREATE INDEX told_name ON told USING gin ((more -> 'name') gin_trgm_ops);
    CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
    CREATE TRIGGER told BEFORE INSERT ON told FOR EACH ROW EXECUTE FUNCTION tell();
    CREATE FUNCTION pair(int[], shade) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1';
    CREATE VIEW pairs AS SELECT pair('{1}', 'a'::shade);
    CREATE FOREIGN DATA WRAPPER elsewhere;
    CREATE SERVER elsewhere FOREIGN DATA WRAPPER elsewhere;
    CREATE FOREIGN TABLE far (id int) SERVER elsewhere;
  `);
  services = await QueryServices.start();
  tab = services.tab(await services.connect(database.settings));
  await tab.setUp('set search_path = shop, public');
});
afterAll(async () => {
  await services.stop();
  await database.drop();
});

describe('the question before a DROP', () => {
  it.each([
    ['function tell', 'trigger', 'told of shop.told'],
    ['function pair(int[], shop.shade)', 'view', 'shop.pairs'],
    ['extension pg_trgm', 'index', 'shop.told_name'],
    ['extension hstore', 'column', 'more of shop.told'],
    ['collation german', 'column', 'name of shop.told'],
    ['server elsewhere', 'foreign table', 'shop.far'],
    ['foreign data wrapper elsewhere', 'server', 'elsewhere'],
    ['domain shade', 'column', 'shade of shop.told'],
  ])('of %s names the %s that depends on it', async (what, kind, name) => {
    const { statements } = await tab.questionOf(`drop ${what}`);
    const dependents = statements.flatMap(({ impacts }) =>
      impacts.flatMap((impact) => impact.dependents),
    );
    expect(dependents.find((group) => group.kind === kind)?.names).toContain(name);
    // The server says so too.
    const { outcomes } = await tab.run(`drop ${what}`, 'run');
    expect(outcomes).toMatchObject([{ status: 'failed', error: { sqlState: '2BP01' } }]);
  });

  it('of a database tells its size', async () => {
    const question = await tab.questionOf(`drop database ${database.name}`);
    expect(describeConfirmation(question).message).toMatch(
      /^DROP removes database test_\w+ with all that is in it \(\d+ kB\) in local "EU-1"\.$/u,
    );
  });
});
