import type { CallChannel } from '@shared/ipc/channels';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { setFilter } from '../../../../src/renderer/features/schema-browser/catalog-filter';
import { load } from '../../../../src/renderer/features/schema-browser/catalog-load';
import {
  catalogOf,
  keepCatalogs,
  useCatalogs,
} from '../../../../src/renderer/features/schema-browser/catalog-store';
import {
  openCatalog,
  schemasToUnfold,
} from '../../../../src/renderer/features/schema-browser/open-catalog';
import {
  isReading,
  relationKey,
  schemaKey,
} from '../../../../src/renderer/features/schema-browser/catalog';
import { readFailedAgain } from '../../../../src/renderer/features/schema-browser/read-failed-again';
import { schema, table } from './catalog-fixture';

// The preload's bridge exists only in Electron: this stands for it, answer by answer.
const invoke = vi.fn<(channel: CallChannel, request: unknown) => Promise<unknown>>();
vi.stubGlobal('window', { postern: { invoke, on: () => () => undefined } });

const failure = { kind: 'Timeout', message: 'too slow' } as const;
const names = ['public', 'a', 'b', 'c', 'd'];
const schemas = names.map((name) => schema(name));

function answer(answers: Partial<Record<CallChannel, (request: never) => unknown>>): void {
  invoke.mockImplementation((channel, request) => {
    const value: unknown = answers[channel]?.(request as never);
    return Promise.resolve(
      value instanceof Error ? { ok: false, error: failure } : { ok: true, value },
    );
  });
}

const tablesRead = (): unknown[] =>
  invoke.mock.calls.flatMap(([channel, request]) =>
    channel === 'catalog:list-tables-of-schemas' ? [request] : [],
  );

beforeEach(() => {
  useCatalogs.setState({ catalogs: {} });
  invoke.mockReset();
});

describe('openCatalog', () => {
  it('reads the relations of a few schemas at once and unfolds those that have any', async () => {
    answer({
      'catalog:list-schemas': () => schemas,
      'catalog:list-tables-of-schemas': (request: { schemas: string[] }) =>
        request.schemas
          .filter((name) => name !== 'public')
          .map((name) => table('t', { schema: name })),
    });
    await openCatalog('one');
    expect([...catalogOf('one').expanded]).toEqual(['a', 'b', 'c', 'd'].map(schemaKey));
  });

  it('reads public alone where there are many', async () => {
    const many = Array.from({ length: 500 }, (_, index) => schema(`tenant_${index}`));
    answer({
      'catalog:list-schemas': () => [...many, schema('public')],
      'catalog:list-tables-of-schemas': () => [table('t')],
    });
    await openCatalog('one');
    expect([...catalogOf('one').expanded]).toEqual([schemaKey('public')]);
    expect(tablesRead()).toEqual([{ connectionId: 'one', schemas: ['public'] }]);
  });

  it('reads once, and again only after a failure', async () => {
    answer({ 'catalog:list-schemas': () => new Error() });
    await openCatalog('one');
    expect(catalogOf('one').schemas).toEqual({ status: 'failed', error: failure });
    answer({ 'catalog:list-schemas': () => [] });
    await openCatalog('one');
    await openCatalog('one');
    const calls = invoke.mock.calls.filter(([channel]) => channel === 'catalog:list-schemas');
    expect(calls).toHaveLength(2);
    expect(catalogOf('one').schemas?.status).toBe('ready');
  });
});

describe('schemasToUnfold', () => {
  it('unfolds one schema where relations are many', () => {
    const hundreds = (): number => 300;
    expect(schemasToUnfold(['a', 'public'], hundreds)).toEqual(['public']);
    expect(schemasToUnfold(['a', 'b'], hundreds)).toEqual(['a']);
  });

  it('passes over an empty public', () => {
    expect(schemasToUnfold(['public', 'a'], (name) => (name === 'a' ? 300 : 0))).toEqual(['a']);
  });
});

describe('load', () => {
  it('keeps what was read when reading it again fails', async () => {
    answer({ 'catalog:list-tables': () => [table('t')] });
    await load('one', { kind: 'tables', schema: 'public' });
    answer({ 'catalog:list-tables': () => new Error() });
    await load('one', { kind: 'tables', schema: 'public' });
    expect(catalogOf('one').tables['public']).toEqual({
      status: 'failed',
      error: failure,
      value: [table('t')],
    });
  });

  it('takes an answer as JSON text too', async () => {
    invoke.mockResolvedValue(JSON.stringify({ ok: true, value: [table('t')] }));
    await load('one', { kind: 'tables', schema: 'public' });
    expect(catalogOf('one').tables['public']?.value).toEqual([table('t')]);
  });

  it('keeps the catalogs of two connections apart', async () => {
    answer({ 'catalog:list-schemas': () => schemas });
    await load('one', { kind: 'schemas' });
    expect(catalogOf('two').schemas).toBeUndefined();
  });
});

describe('setFilter', () => {
  it('reads every schema that it has not seen, once', async () => {
    answer({
      'catalog:list-schemas': () => schemas,
      'catalog:list-tables': () => [],
      'catalog:list-tables-of-schemas': () => [],
    });
    await load('one', { kind: 'schemas' });
    await load('one', { kind: 'tables', schema: 'public' });
    await setFilter('one', 'x');
    await setFilter('one', 'xy');
    expect(tablesRead()).toEqual([{ connectionId: 'one', schemas: ['a', 'b', 'c', 'd'] }]);
  });

  it('shares the schemas among the keys that are typed, and stops once it is emptied', async () => {
    const many = Array.from({ length: 450 }, (_, index) => schema(`tenant_${index}`));
    answer({ 'catalog:list-schemas': () => many, 'catalog:list-tables-of-schemas': () => [] });
    await load('one', { kind: 'schemas' });
    const typed = [setFilter('one', 'x'), setFilter('one', 'xy'), setFilter('one', '')];
    await Promise.all(typed);
    expect(tablesRead()).toHaveLength(2);
    await setFilter('one', 'z');
    const asked = invoke.mock.calls.flatMap(([channel, request]) =>
      channel === 'catalog:list-tables-of-schemas'
        ? (request as { schemas: string[] }).schemas
        : [],
    );
    expect(asked).toEqual(many.map(({ name }) => name));
  });

  it('says where it could not look', async () => {
    answer({
      'catalog:list-schemas': () => [schema('a')],
      'catalog:list-tables-of-schemas': () => new Error(),
    });
    await load('one', { kind: 'schemas' });
    await setFilter('one', 'x');
    expect(catalogOf('one').tables['a']).toEqual({ status: 'failed', error: failure });
  });
});

describe('keepCatalogs', () => {
  it('forgets connections that are closed', async () => {
    answer({ 'catalog:list-schemas': () => schemas });
    await load('one', { kind: 'schemas' });
    keepCatalogs(['two']);
    expect(catalogOf('one').schemas).toBeUndefined();
  });
});

describe('readFailedAgain', () => {
  it('asks for what failed, and for nothing else', async () => {
    const isGone = new Error('lost');
    answer({ 'catalog:list-schemas': () => schemas, 'catalog:list-tables-of-schemas': () => [] });
    await openCatalog('one');
    answer({
      'catalog:list-databases': () => isGone,
      'catalog:list-schema-objects': () => isGone,
      'catalog:get-table-info': () => isGone,
      'catalog:list-tables': () => isGone,
    });
    await load('one', { kind: 'databases' });
    await load('one', { kind: 'schema-objects', schema: 'a' });
    await load('one', { kind: 'table-info', schema: 'b', table: 'odd "name' });
    await load('one', { kind: 'tables', schema: 'c' });
    invoke.mockClear();
    answer({ 'catalog:list-tables-of-schemas': () => [] });
    await readFailedAgain('one');
    expect(invoke.mock.calls).toEqual([
      ['catalog:list-tables-of-schemas', { connectionId: 'one', schemas: ['c'] }],
      ['catalog:list-databases', { connectionId: 'one' }],
      ['catalog:list-schema-objects', { connectionId: 'one', schema: 'a' }],
      ['catalog:get-table-info', { connectionId: 'one', schema: 'b', table: 'odd "name' }],
    ]);
    expect(catalogOf('one').tables['c']?.status).toBe('ready');
  });

  it('begins anew where nothing could be read', async () => {
    answer({ 'catalog:list-schemas': () => new Error('lost') });
    await openCatalog('one');
    answer({ 'catalog:list-schemas': () => schemas, 'catalog:list-tables-of-schemas': () => [] });
    await readFailedAgain('one');
    expect(catalogOf('one').schemas?.status).toBe('ready');
  });
});

describe('isReading', () => {
  it('tells that a part is read anew', async () => {
    answer({ 'catalog:get-table-info': () => new Error('slow') });
    const reading = load('one', { kind: 'table-info', schema: 's', table: 't' });
    expect(isReading(catalogOf('one'))).toBe(true);
    await reading;
    expect(catalogOf('one').tableInfos).toHaveProperty([relationKey({ schema: 's', name: 't' })]);
    expect(isReading(catalogOf('one'))).toBe(false);
  });
});
