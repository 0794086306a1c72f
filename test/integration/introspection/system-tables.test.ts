import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listTables } from '../../../src/main/services/introspection/list-tables';
import { openTables, readPage, type TableFixture } from '../table-data/fixture';
import type { TestRole } from '../database';

let fixture: TableFixture;
let role: TestRole;

beforeAll(async () => {
  fixture = await openTables();
  role = await fixture.database.createRole();
});
afterAll(() => fixture.close());

/** Whether the relation cannot be read at all, as one on NUMA on a machine that has none. */
async function isRefusedByServer(schema: string, name: string): Promise<boolean> {
  try {
    await fixture.database.query(`SELECT * FROM ${schema}.${name} LIMIT 1`);
    return false;
  } catch {
    return true;
  }
}

/** Reads the start and the end of every relation of the system that the user may read. */
async function readSystemTables(connectionId: string): Promise<string[]> {
  const { tables, registry } = fixture;
  const tabId = randomUUID();
  const failures: string[] = [];
  let readable = 0;
  for (const schema of ['pg_catalog', 'information_schema']) {
    for (const { name, canSelect } of await listTables(
      registry.get(connectionId).catalog,
      schema,
    )) {
      if (!canSelect) continue;
      readable += 1;
      const selection = { relation: { schema, name }, filters: [], where: '', sort: [] };
      try {
        for (const direction of ['forward', 'backward'] as const) {
          await readPage({ tables, connectionId }, selection, { direction, maxRows: 3, tabId });
        }
      } catch (error) {
        if (!(await isRefusedByServer(schema, name))) {
          failures.push(`${schema}.${name}: ${String(error)}`);
        }
      } finally {
        await tables.closeStream(tabId);
      }
    }
  }
  expect(readable).toBeGreaterThan(100);
  return failures;
}

it('every relation of the system opens as a table for the superuser', async () => {
  expect(await readSystemTables(fixture.connectionId)).toEqual([]);
});

it('every relation of the system that may be read opens for a role without any right', async () => {
  expect(await readSystemTables(await fixture.open(role.settings))).toEqual([]);
});
