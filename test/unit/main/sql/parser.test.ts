import { beforeAll, describe, expect, it, vi } from 'vitest';
import { loadParser, parsePlpgsql, parseSql } from '../../../../src/main/sql/parser';

// Thousands of random texts, or traps of the parser, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

beforeAll(loadParser);

describe('parseSql', () => {
  it('gives the trees of all statements', () => {
    const outcome = parseSql('select 1; drop table t');
    expect(outcome.ok && outcome.value.map((node) => Object.keys(node)[0])).toEqual([
      'SelectStmt',
      'DropStmt',
    ]);
  });

  it('gives no tree for a comment', () => {
    expect(parseSql(' -- nothing')).toEqual({ ok: true, value: [] });
    expect(parseSql('')).toEqual({ ok: true, value: [] });
  });

  it.each([
    ['select * from from', 'from from'],
    ["select 'é' from from", 'from'],
    ["select '😀😀' as a, from", 'from'],
    ['select "ﬀ", from', 'from'],
    ["select 'abc", "'abc"],
    ["select '😀', $$abc", '$$abc'],
  ])('counts the position of an error in UTF-16 units: %s', (sql, at) => {
    const outcome = parseSql(sql);
    const expected = at.startsWith('from from') ? sql.lastIndexOf('from') : sql.lastIndexOf(at);
    expect(outcome).toMatchObject({ ok: false, reason: 'syntax', position: expected });
  });

  it('says that a NUL character cannot be sent, and where it is', () => {
    // The parser reads a C string: what follows the NUL would not be examined.
    expect(parseSql('select 1 \0; drop table t')).toMatchObject({
      ok: false,
      reason: 'not-sendable',
      position: 9,
    });
  });

  it('reads an unpaired surrogate as the replacement character, as it is sent', () => {
    const outcome = parseSql("select '\ud800'; select 2");
    expect(outcome.ok && outcome.value).toHaveLength(2);
    expect(JSON.stringify(outcome)).toContain('\ufffd');
  });

  const nested = (depth: number): string => `select ${'('.repeat(depth)}1${')'.repeat(depth)}`;
  const negated = (depth: number): string => `select ${'not '.repeat(depth)}true`;
  const summed = (depth: number): string => `select ${'1+'.repeat(depth)}1`;
  const unions = (depth: number): string => `select 1${' union all select 1'.repeat(depth)}`;
  const subqueries = (depth: number): string =>
    `${'select ('.repeat(depth)}select 1${')'.repeat(depth)}`;

  it.each([
    ['parentheses', nested],
    ['NOT', negated],
    ['sums', summed],
    ['subqueries', subqueries],
  ])('survives 10,000 and 100,000 levels of %s and goes on', async (_name, build) => {
    for (const depth of [10_000, 100_000]) {
      expect(parseSql(build(depth))).toMatchObject({ ok: false });
      await loadParser();
      expect(parseSql('select 1; drop table t')).toMatchObject({ ok: true });
      expect(parseSql(build(300))).toMatchObject({ ok: true });
    }
  });

  it('reads long chains of UNION', () => {
    expect(parseSql(unions(3000))).toMatchObject({ ok: true });
  });

  it('goes on after several traps in a row', async () => {
    for (let round = 0; round < 5; round += 1) {
      expect(parseSql(summed(20_000))).toMatchObject({ ok: false, reason: 'too-complex' });
      await loadParser();
    }
    expect(parseSql('select 1')).toMatchObject({ ok: true });
  });

  it('says so when one turn of the event loop uses up all its instances, and recovers', async () => {
    const outcomes = Array.from({ length: 6 }, () => parseSql(summed(20_000)));
    expect(outcomes.every(({ ok }) => !ok)).toBe(true);
    await loadParser();
    expect(parseSql('select 1')).toMatchObject({ ok: true });
  });
});

describe('loadParser', () => {
  it('must come first', async () => {
    vi.resetModules();
    const fresh = await import('../../../../src/main/sql/parser');
    expect(() => fresh.parseSql('select 1')).toThrow('await loadParser() first');
    await Promise.all([fresh.loadParser(), fresh.loadParser()]);
    expect(fresh.parseSql('select 1')).toMatchObject({ ok: true });
  });
});

describe('parsePlpgsql', () => {
  it('gives the tree of a block', () => {
    const outcome = parsePlpgsql('do $$ begin delete from t; end $$');
    expect(JSON.stringify(outcome)).toContain('"query":"delete from t"');
  });

  it('gives the message of a mistake', () => {
    expect(parsePlpgsql('do $$ begin delete from; end $$')).toMatchObject({
      ok: false,
      reason: 'syntax',
      message: expect.stringContaining('syntax error') as string,
    });
  });
});
