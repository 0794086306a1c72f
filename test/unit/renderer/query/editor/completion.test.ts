import { CompletionContext } from '@codemirror/autocomplete';
import { sql } from '@codemirror/lang-sql';
import { EditorState } from '@codemirror/state';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { postgresDialect } from '../../../../../src/renderer/components/sql-dialect';
import { Catalog } from '../../../../../src/renderer/features/query/editor/catalog-cache';
import {
  matchingNames,
  sqlCompletion,
  typedName,
} from '../../../../../src/renderer/features/query/editor/completion';

describe('typedName', () => {
  it.each([
    ['select fi', [], 'fi'],
    ['select f.ti', ['f'], 'ti'],
    ['select f.', ['f'], ''],
    ['from Public.', ['public'], ''],
    ['from "My Schema"."My T', ['My Schema'], 'My T'],
    ['select a.b.c', ['a', 'b'], 'c'],
    ['select ', [], ''],
    ['where "we""ird".x', ['we"ird'], 'x'],
  ])('reads %j', (before, parents, partial) => {
    expect(typedName(before)).toMatchObject({ parents, partial });
  });
});

describe('matchingNames', () => {
  it('puts names that begin with the text first and stops at the limit', () => {
    const names = Array.from({ length: 20_000 }, (_, index) => ({ name: `t_${index}_film` }));
    const found = matchingNames([...names, { name: 'film' }, { name: 'Film_Actor' }], 'FILM', 10);
    expect(found).toHaveLength(10);
    expect(found.slice(0, 2).map(({ name }) => name)).toEqual(['film', 'Film_Actor']);
  });
});

const relation = (schema: string, name: string, oid: number, kind = 'table') => ({
  oid,
  schema,
  name,
  kind,
  owner: 'o',
  estimatedRows: null,
  partitionOf: null,
  canSelect: true,
  comment: null,
});
const schema = (name: string, isSystem = false) => ({
  name,
  isSystem,
  owner: 'o',
  canUse: true,
  comment: null,
});
const answers: Record<string, (request: { schema: string; table: string }) => unknown> = {
  'catalog:list-schemas': () => [schema('public'), schema('Sales'), schema('pg_catalog', true)],
  'catalog:list-tables': (request) =>
    request.schema === 'public'
      ? [
          relation('public', 'film', 1),
          relation('public', 'Order', 2),
          relation('public', 'film_id_seq', 3, 'sequence'),
        ]
      : [relation(request.schema, 'invoice', 4)],
  'catalog:get-table-info': ({ table }) => ({
    columns: [
      { name: `${table}_id`, type: 'bigint' },
      { name: 'Title', type: 'text' },
    ],
  }),
};
type CatalogRequest = { schema: string; table: string };
const invoke = vi.fn<(channel: string, request: CatalogRequest) => Promise<unknown>>();

beforeEach(() => {
  invoke.mockReset();
  invoke.mockImplementation(async (channel, request) => ({
    ok: true,
    value: answers[channel]?.(request),
  }));
  vi.stubGlobal('window', { postern: { invoke } });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** What is offered where the text has a bar: labels with what they insert. */
async function offered(text: string, catalog = new Catalog('c')): Promise<Map<string, unknown>> {
  const position = text.indexOf('|');
  const state = EditorState.create({
    doc: text.replace('|', ''),
    extensions: sql({ dialect: postgresDialect }),
  });
  const context = new CompletionContext(state, position, true);
  const result = await sqlCompletion(() => catalog)(context);
  return new Map((result?.options ?? []).map(({ label, apply }) => [label, apply ?? label]));
}

describe('sqlCompletion', () => {
  it('offers relations by the name that reaches them, key words and schemas', async () => {
    const names = await offered('select * from |');
    expect(names.get('film')).toBe('film');
    expect(names.get('Order')).toBe('"Order"');
    expect(names.get('invoice')).toBe('"Sales".invoice');
    expect(names.get('Sales')).toBe('"Sales"');
    expect(names.has('select')).toBe(true);
    expect(names.has('film_id_seq')).toBe(false);
  });

  it('offers the columns of the relations that the statement mentions', async () => {
    const names = await offered('select | from film f where true');
    expect(names.get('film_id')).toBe('film_id');
    expect(names.get('Title')).toBe('"Title"');
    expect(names.has('f')).toBe(true);
    expect(names.has('invoice_id')).toBe(false);
  });

  it('offers columns behind an alias, and relations behind a schema', async () => {
    expect([...(await offered('select f.| from film f')).keys()]).toEqual(['film_id', 'Title']);
    expect([...(await offered('select * from "Sales".|')).keys()]).toEqual(['invoice']);
    expect([...(await offered('select nobody.| from film f')).keys()]).toEqual([]);
  });

  it('offers nothing inside strings and comments', async () => {
    expect(await offered("select 'fi|lm'")).toEqual(new Map());
    expect(await offered('-- fi|lm')).toEqual(new Map());
  });

  it('asks main once for each part of the catalog', async () => {
    const catalog = new Catalog('c');
    await offered('select | from film', catalog);
    const asked = invoke.mock.calls.length;
    await offered('select | from film', catalog);
    expect(invoke.mock.calls.length).toBe(asked);
  });

  it('asks again after a failure', async () => {
    const catalog = new Catalog('c');
    invoke.mockResolvedValueOnce({ ok: false, error: { kind: 'Timeout', message: 'late' } });
    await expect(catalog.schemas()).rejects.toThrow('late');
    await expect(catalog.schemas()).resolves.toHaveLength(3);
  });
});
