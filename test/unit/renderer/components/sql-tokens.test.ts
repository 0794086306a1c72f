import { describe, expect, it } from 'vitest';
import { sqlTokens } from '../../../../src/renderer/components/sql-tokens';

describe('sqlTokens', () => {
  it('tells keywords, values and comments apart', () => {
    const tokens = sqlTokens("select 'a', 1, null -- why");
    const kindOf = (text: string) => tokens.find((token) => token.text === text)?.kinds;
    expect(kindOf('select')).toBe('keyword');
    expect(kindOf("'a'")).toBe('string');
    expect(kindOf('1')).toBe('number');
    expect(kindOf('null')).toBe('null');
    expect(kindOf('-- why')).toBe('comment');
  });

  it('gives no colour to names that other dialects or the standard call key words', () => {
    const kinds = new Map(
      sqlTokens('select id, public, name, value from orders order by type nulls last').flatMap(
        ({ text, kinds: kind }) => text.split(' ').map((word) => [word, kind] as const),
      ),
    );
    const names = ['id', 'public', 'name', 'value', 'orders', 'type'];
    expect(names.filter((name) => kinds.get(name) !== '')).toEqual([]);
    const keywords = ['select', 'from', 'order', 'by', 'nulls', 'last'];
    expect(keywords.filter((word) => kinds.get(word) !== 'keyword')).toEqual([]);
  });

  it.each([
    ['several lines', 'select 1\n\nfrom t;\n'],
    ['no statement', '\u202e)) $$ not ended'],
    ['a long text', 'select 1;\n'.repeat(10_000)],
    ['nothing', ''],
  ])('loses nothing of %s', (_, text) => {
    const tokens = sqlTokens(text);
    expect(tokens.map((token) => token.text).join('')).toBe(text);
    expect(tokens.every(({ from, text: part }) => text.startsWith(part, from))).toBe(true);
  });

  it('leaves a text without colours that would have too many elements', () => {
    expect(sqlTokens('select 1;\n'.repeat(10_000))).toHaveLength(1);
  });
});
