/**
 * What the schema tree of a large database takes in the window: from a press until the lines that it
 * is for are on the screen.
 */
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PosternBridge } from '../../src/shared/ipc/bridge';
import type { TestDatabase } from '../integration/database';
import { openBenchApp, type BenchApp } from './desktop-app';
import { percentile } from './frame-times';

const schemaCount = 200;
const tablesInSchema = 100;
/** How many tables the one crowded schema has. */
const crowd = 20_000;
const runs = 5;
const steps = 40;

let app: BenchApp;
let connectMs = Number.NaN;

beforeAll(async () => {
  app = await openBenchApp({
    fill,
    connect: async (press, { window }) => {
      connectMs = await untilShown(window, 'click', 'schema_1, schema', press);
    },
  });
}, 600_000);
afterAll(() => app.close());

/** A transaction for every 100 tables: each new table holds locks until it ends. */
async function fill(database: TestDatabase): Promise<void> {
  await database.query(`DO $$
    BEGIN
      FOR schema_number IN 1..${schemaCount} LOOP
        EXECUTE format('CREATE SCHEMA schema_%s', schema_number);
        FOR table_number IN 1..${tablesInSchema} LOOP
          EXECUTE format('CREATE TABLE schema_%s.table_%s (id bigint)', schema_number, table_number);
        END LOOP;
        COMMIT;
      END LOOP;
      CREATE SCHEMA crowded;
      FOR table_number IN 1..${crowd} LOOP
        EXECUTE format('CREATE TABLE crowded.crowd_%s (id bigint)', table_number);
        IF table_number % 100 = 0 THEN COMMIT; END IF;
      END LOOP;
    END $$`);
  await database.query('VACUUM ANALYZE');
}

/**
 * Milliseconds from an event of the page until a line of the tree is there and was painted: the
 * frame after it has begun.
 */
async function untilShown(
  page: Page,
  event: 'click' | 'keydown' | 'input',
  label: string,
  act: () => Promise<unknown>,
): Promise<number> {
  const watch = await page.evaluateHandle(
    ([type, name]) => ({
      shown: new Promise<number>((resolve) => {
        const start = (): void => {
          const from = performance.now();
          const look = (): void => {
            if (document.querySelector(`[role=treeitem][aria-label="${name}"]`) === null) {
              requestAnimationFrame(look);
            } else requestAnimationFrame(() => resolve(performance.now() - from));
          };
          look();
        };
        addEventListener(type, start, { once: true, capture: true });
      }),
    }),
    [event, label] as const,
  );
  await act();
  return watch.evaluate(({ shown }) => shown);
}

const shown = (times: readonly number[]): string => {
  const sorted = times.toSorted((one, other) => one - other);
  return `best ${percentile(sorted, 0).toFixed(0)} ms  worst ${percentile(sorted, 1).toFixed(0)} ms`;
};

/** Milliseconds that the page waits for the relations of a schema, without drawing them. */
function listing(schema: string): Promise<number> {
  return app.window.evaluate(async (name) => {
    const { postern } = globalThis as unknown as { postern: PosternBridge };
    const list = await postern.invoke('connection:list');
    const [connection] = list.ok ? list.value : [];
    if (connection === undefined) throw new Error('No connection is open.');
    const { connectionId } = connection;
    const start = performance.now();
    await postern.invoke('catalog:list-tables', { connectionId, schema: name });
    return performance.now() - start;
  }, schema);
}

/** Moves to a schema by typing its name, and unfolds it; folds it again and has it read anew. */
async function unfold(schema: string, first: string): Promise<number> {
  const { window } = app;
  const { keyboard } = window;
  const tree = window.getByRole('tree', { name: 'Schema browser' });
  await tree.focus();
  await keyboard.press('Home');
  await keyboard.type(schema);
  await window.locator(`[role=treeitem][aria-selected=true][aria-label^="${schema},"]`).waitFor();
  return untilShown(window, 'keydown', first, () => keyboard.press('ArrowRight'));
}

it(`opens ${schemaCount + 1} schemas with ${schemaCount * tablesInSchema + crowd} tables`, async () => {
  const small = await unfold('schema_77', 'table_1, table');
  const lists: number[] = [];
  for (let run = 0; run < runs; run += 1) lists.push(await listing('crowded'));
  const crowded = await unfold('crowded', 'crowd_1, table');
  await app.window.keyboard.press('End');
  const moves: number[] = [];
  for (let step = 0; step < steps; step += 1) moves.push(await moveUp());
  expect(moves).toHaveLength(steps);
  const filter = app.window.getByRole('searchbox', { name: 'Filter relations' });
  const filtered = await untilShown(app.window, 'input', 'table_100, table', () =>
    filter.fill('table_100'),
  );
  const again = await untilShown(app.window, 'input', 'crowd_1999, table', () =>
    filter.fill('crowd_1999'),
  );
  console.log(
    [
      `from the press on the connection to ${schemaCount + 1} schemas     ${connectMs.toFixed(0)} ms`,
      `from the press to the lines of ${tablesInSchema} tables          ${small.toFixed(0)} ms`,
      `from the press to the lines of ${crowd} tables        ${crowded.toFixed(0)} ms`,
      `  of which the page waits for their list     ${shown(lists)}`,
      `one line up among ${crowd}                    ${shown(moves)}`,
      `from the filter to what fits in ${schemaCount + 1} schemas       ${filtered.toFixed(0)} ms, once read ${again.toFixed(0)} ms`,
    ].join('\n'),
  );
});

/** Milliseconds from a press of Up until the next frame was drawn. */
async function moveUp(): Promise<number> {
  const { window } = app;
  const watch = await window.evaluateHandle(() => ({
    drawn: new Promise<number>((resolve) => {
      const start = (): void => {
        const from = performance.now();
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - from)));
      };
      addEventListener('keydown', start, { once: true, capture: true });
    }),
  }));
  await window.keyboard.press('ArrowUp');
  return watch.evaluate(({ drawn }) => drawn);
}
