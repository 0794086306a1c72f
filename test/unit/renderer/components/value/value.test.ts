import { describe, expect, it } from 'vitest';
import { parseArray } from '../../../../../src/renderer/components/value/array-literal';
import {
  hexDump,
  imageType,
  parseHexBytes,
} from '../../../../../src/renderer/components/value/bytes';
import {
  type JsonNode,
  parseJsonTree,
} from '../../../../../src/renderer/components/value/json-tree';
import { inTimeZone } from '../../../../../src/renderer/components/value/local-time';
import { byteaType, formsOf } from '../../../../../src/renderer/components/value/value-forms';
import { valueSize } from '../../../../../src/renderer/components/value/value-size';

/** The tokens of a tree, put together again. */
function written(node: JsonNode): string {
  if (node.kind === 'scalar') return node.text;
  if (node.kind === 'array') return `[${node.items.map(written).join(',')}]`;
  return `{${node.members.map(({ key, value }) => `${key}:${written(value)}`).join(',')}}`;
}

describe('parseJsonTree', () => {
  it.each([
    '{"a":1.10,"a":12345678901234567890,"b":[1e400,-0.0,{}],"\\u00e9":"x\\"y"}',
    '[]',
    '{"":null,"__proto__":true}',
    '"just text"',
    '[[[["deep"]]]]',
  ])('keeps every token of %s', (text) => {
    const tree = parseJsonTree(text);
    expect(tree && written(tree)).toBe(text);
  });

  it.each(['{', '[1,]', '{"a" 1}', '[1] 2', '', '{a:1}', '[,]', '"open', ']'])(
    'gives none for %j',
    (text) => expect(parseJsonTree(text)).toBeNull(),
  );

  it('gives none for what is nested too deeply, instead of running out of stack', () => {
    expect(parseJsonTree(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toBeNull();
  });
});

describe('parseArray', () => {
  it.each([
    ['{}', []],
    ['{1,NULL,"NULL"}', ['1', null, 'NULL']],
    ['{"a,b","c\\"d\\\\e","{}",""}', ['a,b', 'c"d\\e', '{}', '']],
    [
      '{{1,2},{3,4}}',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['[0:1]={a,b}', ['a', 'b']],
    ['{"🐘\n",é}', ['🐘\n', 'é']],
  ])('reads %s', (text, expected) => expect(parseArray(text)).toEqual(expected));

  it.each(['', '{', '{1,}', '{"a}', '{1}x', 'abc', '{{1}'])('gives none for %j', (text) =>
    expect(parseArray(text)).toBeNull(),
  );

  it('takes the delimiter of box', () => {
    expect(parseArray('{(1,1),(0,0);(2,2),(0,0)}', ';')).toEqual(['(1,1),(0,0)', '(2,2),(0,0)']);
  });
});

describe('bytes', () => {
  it('reads the hex format and nothing else', () => {
    expect(parseHexBytes('\\x00ff10')).toEqual(new Uint8Array([0, 255, 16]));
    expect(parseHexBytes('\\x')).toEqual(new Uint8Array(0));
    expect(parseHexBytes('\\x0')).toBeNull();
    expect(parseHexBytes('abc\\000')).toBeNull();
  });

  it('lays bytes out with their characters', () => {
    const bytes = new TextEncoder().encode('Postern\u0000and sixteen more');
    expect(hexDump(bytes, 1000).split('\n')).toEqual([
      '00000000  50 6f 73 74 65 72 6e 00 61 6e 64 20 73 69 78 74  Postern·and sixt',
      '00000010  65 65 6e 20 6d 6f 72 65                          een more',
    ]);
    expect(hexDump(bytes, 2)).toBe(`00000000  ${'50 6f'.padEnd(47)}  Po`);
  });

  it.each([
    ['89504e470d0a1a0a00', 'image/png'],
    ['ffd8ffe0', 'image/jpeg'],
    ['474946383961', 'image/gif'],
    ['5249464600000000574542505650', 'image/webp'],
    ['5249464600000000415649', null],
    ['', null],
  ])('knows pictures by their first bytes: %s', (hex, expected) => {
    expect(imageType(parseHexBytes(`\\x${hex}`) ?? new Uint8Array())).toBe(expected);
  });
});

describe('inTimeZone', () => {
  it.each([
    ['2024-07-01 12:00:00.123456+00', 'Europe/Berlin', '2024-07-01 14:00:00.123456 +02:00'],
    ['2024-12-31 23:30:00+00', 'Asia/Kolkata', '2025-01-01 05:00:00 +05:30'],
    ['2024-01-01 00:00:00-08', 'UTC', '2024-01-01 08:00:00 +00:00'],
    ['2024-01-01 00:00:00+05:45', 'UTC', '2023-12-31 18:15:00 +00:00'],
  ])('%s in %s', (text, zone, expected) => expect(inTimeZone(text, zone)).toBe(expected));

  it.each(['infinity', '2024-01-01 00:00:00+00 BC', '12024-01-01 00:00:00+00', '01/02/2024', ''])(
    'says nothing of %j',
    (text) => expect(inTimeZone(text, 'UTC')).toBeNull(),
  );
});

describe('formsOf', () => {
  it('begins with the form that tells most and ends with the text as sent', () => {
    expect(formsOf({ typeOid: 3802, type: 'jsonb' }, '{"a": 1}')).toEqual([
      'tree',
      'lines',
      'sent',
    ]);
    expect(formsOf({ typeOid: 114, type: 'json' }, '1')).toEqual(['sent']);
    expect(formsOf({ typeOid: 17, type: 'bytea' }, '\\xffd8ff')).toEqual(['image', 'hex', 'sent']);
    expect(formsOf({ typeOid: 17, type: 'bytea' }, 'abc')).toEqual(['sent']);
    expect(formsOf({ typeOid: 1007, type: 'integer[]' }, '{1}')).toEqual(['list', 'sent']);
    expect(formsOf({ typeOid: 25, type: 'text' }, '{1}')).toEqual(['sent']);
    expect(formsOf({ typeOid: 114, type: 'json' }, null)).toEqual(['sent']);
  });
});

describe('valueSize', () => {
  it.each([
    ['\\x89504e47', byteaType, '4 bytes'],
    ['\\x00', byteaType, '1 byte'],
    ['\\x', byteaType, '0 bytes'],
    // A text that looks like one, and the escape format of bytea_output.
    ['\\x89504e47', 25, '10 characters, 10 bytes'],
    ['abc\\000', byteaType, '7 characters, 7 bytes'],
    ['é', 25, '1 character, 2 bytes'],
    ['a😀b', 25, '3 characters, 6 bytes'],
    [null, 25, 'No value'],
    [undefined, byteaType, ''],
  ])('measures %j of type %d as %j', (text, typeOid, size) => {
    expect(valueSize(text, typeOid)).toBe(size);
  });
});
