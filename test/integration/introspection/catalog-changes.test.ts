import { expect, it } from 'vitest';
import { changedCatalog } from '../../../src/renderer/app/catalog-change';
import { useCatalogDatabase } from './catalog-database';

const catalog = useCatalogDatabase();

/** One after another: what one makes the next may change. */
const changes = [
  'CREATE SCHEMA made',
  'CREATE TABLE made.one (id int PRIMARY KEY) PARTITION BY RANGE (id)',
  'CREATE TABLE made.part (id int NOT NULL)',
  'ALTER TABLE made.one ATTACH PARTITION made.part FOR VALUES FROM (1) TO (9)',
  'ALTER TABLE made.one DETACH PARTITION made.part',
  'ALTER TABLE made.part RENAME TO piece',
  'CREATE TABLE made.copy AS SELECT 1 AS a',
  'SELECT 1 AS a INTO made.other',
  'CREATE VIEW made.seen AS SELECT 1 AS a',
  'CREATE MATERIALIZED VIEW made.kept AS SELECT 1 AS a',
  'CREATE INDEX ON made.copy (a)',
  'CREATE SEQUENCE made.counter',
  `CREATE FUNCTION made.f() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
  `CREATE PROCEDURE made.p() LANGUAGE plpgsql AS 'BEGIN CREATE TABLE made.by_call (a int); END'`,
  'CALL made.p()',
  'DO $$ BEGIN CREATE TABLE made.by_do (a int); END $$',
  `CREATE TYPE made.mood AS ENUM ('sad')`,
  `ALTER TYPE made.mood ADD VALUE 'glad'`,
  'CREATE DOMAIN made.small AS int',
  'CREATE STATISTICS made.st ON a, (a + 1) FROM made.copy',
  'COMMENT ON TABLE made.copy IS $$c$$',
  'GRANT SELECT ON made.copy TO PUBLIC',
  'REVOKE SELECT ON made.copy FROM PUBLIC',
  'ALTER SCHEMA made RENAME TO renamed',
  'DROP FUNCTION renamed.f()',
  'DROP TABLE renamed.copy',
  'DROP SCHEMA renamed CASCADE',
];

it.each(changes)('%s changes the catalog, by the tag that the server answers', async (sql) => {
  const { command, fields } = await catalog.database.query(sql);
  expect(
    changedCatalog([{ kind: fields.length > 0 ? 'rows' : 'command', commandTag: command }]),
  ).toBe(true);
});

it.each(['SELECT 1', 'SET search_path = public', 'BEGIN', 'COMMIT', 'VALUES (1)', 'SHOW ALL'])(
  '%s changes nothing of it',
  async (sql) => {
    const { command, fields } = await catalog.database.query(sql);
    expect(
      changedCatalog([{ kind: fields.length > 0 ? 'rows' : 'command', commandTag: command }]),
    ).toBe(false);
  },
);
