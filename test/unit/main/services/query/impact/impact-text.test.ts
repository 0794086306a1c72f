import { describe, expect, it } from 'vitest';
import {
  emptyImpact,
  type Impact,
  type ImpactTarget,
} from '../../../../../../src/main/services/query/impact/impact';
import {
  impactDetails,
  impactSentence,
  referenceSentence,
} from '../../../../../../src/main/services/query/impact/impact-text';

const guess = (count: number) => ({ count, isExact: false });
const exact = (count: number) => ({ count, isExact: true });
const target = (change: Partial<ImpactTarget> = {}): ImpactTarget => ({
  name: 'shop.orders',
  kind: 'table',
  rows: guess(1_204_332),
  partitions: 0,
  isTemporary: false,
  ...change,
});
const impact = (action: Impact['action'], change: Partial<Impact> = {}): Impact => ({
  ...emptyImpact(action),
  targets: [target()],
  ...change,
});
const bytes = 310 * 1024 * 1024;

describe('impactSentence', () => {
  it.each<[string, Impact, string]>([
    [
      'a DELETE without WHERE',
      impact('delete', { whole: 'no-where', touched: guess(1_204_332), bytes }),
      'DELETE without WHERE removes all ~1,204,332 rows (310 MB) of shop.orders',
    ],
    [
      'a DELETE of which nothing is known',
      impact('delete', { whole: 'no-where' }),
      'DELETE without WHERE removes every row of shop.orders',
    ],
    [
      'an UPDATE with an empty condition',
      impact('update', { whole: 'always-true', touched: exact(1) }),
      'UPDATE with a WHERE that is always true changes the only row of shop.orders',
    ],
    [
      'a DELETE of some rows',
      impact('delete', { touched: exact(12) }),
      'DELETE removes 12 rows of shop.orders (it holds ~1,204,332 rows)',
    ],
    ['an INSERT', impact('insert', { touched: exact(1) }), 'INSERT adds 1 row to shop.orders'],
    ['a MERGE', impact('merge', { touched: guess(40) }), 'MERGE touches ~40 rows of shop.orders'],
    [
      'a TRUNCATE of two tables',
      impact('truncate', {
        targets: [target({ rows: exact(3) }), target({ name: 'shop.items', rows: exact(4) })],
        bytes: 16_384,
      }),
      'TRUNCATE removes all 7 rows (16 kB) of shop.orders and shop.items',
    ],
    [
      'a DELETE from an empty table',
      impact('delete', { whole: 'no-where', touched: exact(0), bytes: 8192 }),
      'DELETE without WHERE removes no rows of shop.orders',
    ],
    [
      'a DROP of a database',
      impact('drop', { targets: [], object: 'database shop', bytes }),
      'DROP removes database shop (310 MB)',
    ],
    [
      'a DROP of a view',
      impact('drop', { targets: [target({ name: 'shop.v', kind: 'view', rows: null })], bytes: 0 }),
      'DROP removes view shop.v',
    ],
    [
      'a DROP of a table',
      impact('drop', { bytes }),
      'DROP removes table shop.orders with ~1,204,332 rows (310 MB)',
    ],
    [
      'a DROP of a schema',
      impact('drop', {
        targets: [],
        object: 'schema shop',
        cascades: true,
        bytes,
        dependents: [
          { kind: 'table', count: 12, names: ['shop.a', 'shop.b', 'shop.c'] },
          { kind: 'view', count: 1, names: ['shop.v'] },
        ],
      }),
      'DROP removes schema shop with 12 tables and 1 view (310 MB)',
    ],
  ])('tells %s', (_, subject, sentence) => {
    expect(impactSentence(subject, 'delete')).toBe(sentence);
  });
});

describe('impactDetails', () => {
  const refers = (name: string, onDelete: Impact['referringTables'][number]['onDelete']) => ({
    name,
    onDelete,
    isDirect: true,
  });

  it('tells where a deleted row leads', () => {
    const subject = impact('delete', {
      referringTables: [
        refers('shop.items', 'cascade'),
        { ...refers('shop.notes', 'cascade'), isDirect: false },
        refers('shop.invoices', 'set null'),
        refers('shop.parcels', 'refuse'),
      ],
      triggers: ['audit', 'sync'],
    });
    expect(referenceSentence(subject)).toBe('3 tables refer to it.');
    expect(impactDetails(subject)).toEqual([
      'ON DELETE CASCADE also deletes from shop.items and shop.notes.',
      'ON DELETE SET NULL changes shop.invoices.',
      'The server refuses it while shop.parcels refers to such rows.',
      '2 triggers act: audit and sync.',
    ]);
  });

  it('speaks of one table in the singular', () => {
    const subject = impact('delete', { referringTables: [refers('shop.items', 'refuse')] });
    expect(referenceSentence(subject)).toBe('1 table refers to it.');
    expect(referenceSentence(impact('delete'))).toBeNull();
  });

  it('tells what CASCADE takes along, and that the server refuses without it', () => {
    const dependents = [
      { kind: 'view', count: 5, names: ['a', 'b', 'c'] },
      { kind: 'foreign key', count: 1, names: ['k of shop.items'] },
    ];
    expect(impactDetails(impact('drop', { dependents, cascades: true }))).toEqual([
      'CASCADE also drops 5 views (a, b, c and 2 more) and 1 foreign key (k of shop.items).',
    ]);
    expect(impactDetails(impact('drop', { dependents: dependents.slice(1) }))).toEqual([
      'The server will refuse it without CASCADE: 1 foreign key (k of shop.items) depends on it.',
    ]);
  });

  it('tells what TRUNCATE empties along the foreign keys', () => {
    const truncatedToo = ['shop.items', 'shop.notes'];
    expect(impactDetails(impact('truncate', { truncatedToo, cascades: true }))).toEqual([
      'CASCADE also empties shop.items and shop.notes.',
    ]);
    expect(impactDetails(impact('truncate', { truncatedToo }))).toEqual([
      'The server will refuse it without CASCADE: shop.items and shop.notes refer to it.',
    ]);
  });

  it('tells what is not known, and what the server says against it', () => {
    expect(
      impactDetails(impact('delete', { refusal: 'permission denied', unknown: 'it was slow' })),
    ).toEqual([
      'As things stand the server refuses it: permission denied.',
      'Not all is known: it was slow.',
    ]);
  });

  it('counts partitions', () => {
    expect(impactDetails(impact('truncate', { targets: [target({ partitions: 12 })] }))).toEqual([
      'It has 12 partitions.',
    ]);
  });
});
