import { describe, expect, it } from 'vitest';
import { getTableInfo } from '../../../src/main/services/introspection/get-table-info';
import { useCatalogDatabase } from './catalog-database';

const catalog = useCatalogDatabase();

describe('constraints', () => {
  it('are keys, then exclusions with their operators, each with its definition', async () => {
    await catalog.database.query(`
      CREATE TABLE "Room; 🗝" (
        id int,
        "select" int4range,
        note text,
        CONSTRAINT "a.b" PRIMARY KEY (id),
        CONSTRAINT uniq UNIQUE (note, id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT apart EXCLUDE USING gist ("select" WITH &&, ("select" * int4range(1, 5)) WITH -|-)
          WHERE (id > 0),
        CHECK (id > 1));
    `);
    const { constraints = [] } = await getTableInfo(catalog.db, 'public', 'Room; 🗝');
    const named = constraints.filter(({ kind }) => kind !== 'not null');
    expect(named).toEqual([
      {
        name: 'a.b',
        kind: 'primary key',
        columns: ['id'],
        operators: [],
        definition: 'PRIMARY KEY (id)',
      },
      {
        name: 'uniq',
        kind: 'unique',
        columns: ['note', 'id'],
        operators: [],
        definition: 'UNIQUE (note, id) DEFERRABLE INITIALLY DEFERRED',
      },
      {
        name: 'apart',
        kind: 'exclusion',
        columns: ['select'],
        operators: ['&&', '-|-'],
        definition: expect.stringMatching(
          /^EXCLUDE USING gist \("select" WITH &&, .* WITH -\|-\) WHERE \(id > 0\)$/,
        ),
      },
    ]);
  });

  it('of foreign keys say whether they are deferrable and what they do', async () => {
    await catalog.database.query(`
      CREATE TABLE parent (a int, b int, PRIMARY KEY (b, a));
      CREATE TABLE child (x int, y int,
        CONSTRAINT pair FOREIGN KEY (x, y) REFERENCES parent (a, b)
          ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED);
      ALTER TABLE child ADD CONSTRAINT later FOREIGN KEY (x, y) REFERENCES parent (a, b) NOT VALID;
    `);
    const { foreignKeys } = await getTableInfo(catalog.db, 'public', 'child');
    expect(foreignKeys).toMatchObject([
      { name: 'later', definition: expect.stringMatching(/ NOT VALID$/) },
      {
        columns: ['x', 'y'],
        referencedColumns: ['a', 'b'],
        onUpdate: 'cascade',
        onDelete: 'set null',
        definition: expect.stringMatching(/ DEFERRABLE INITIALLY DEFERRED$/),
      },
    ]);
  });
});

describe('extended statistics', () => {
  it('have kinds, columns in order and expressions', async () => {
    await catalog.database.query(`
      CREATE SCHEMA "St.at";
      CREATE TABLE measured (a int, "B c" int, d text);
      CREATE STATISTICS "St.at"."all of it" ON "B c", a FROM measured;
      CREATE STATISTICS one (mcv) ON a, (d || 'x') FROM measured;
      CREATE STATISTICS zsingle ON (a + 1) FROM measured;
    `);
    const { statistics } = await getTableInfo(catalog.db, 'public', 'measured');
    expect(statistics).toMatchObject([
      {
        schema: 'St.at',
        name: 'all of it',
        kinds: ['ndistinct', 'dependencies', 'mcv'],
        columns: ['a', 'B c'],
        expressions: [],
        owner: 'postgres',
        definition: 'CREATE STATISTICS "St.at"."all of it" ON a, "B c" FROM measured',
      },
      { name: 'one', kinds: ['mcv'], columns: ['a'], expressions: ["(d || 'x'::text)"] },
      { name: 'zsingle', kinds: [], columns: [], expressions: ['(a + 1)'] },
    ]);
  });

  it('and constraints are none for a view', async () => {
    await catalog.database.query('CREATE VIEW plain AS SELECT 1 AS a');
    const info = await getTableInfo(catalog.db, 'public', 'plain');
    expect([info.constraints, info.statistics]).toEqual([[], []]);
  });
});
