import { assert, constantFrom, jsonValue, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatJson } from '../../../../../src/renderer/components/grid/json-format';

describe('formatJson', () => {
  it('puts each member on a line', () => {
    expect(formatJson('{"a":1,"b":[true,null],"c":{},"d":[ ]}')).toBe(
      '{\n  "a": 1,\n  "b": [\n    true,\n    null\n  ],\n  "c": {},\n  "d": []\n}',
    );
  });

  it('keeps numbers, escapes, duplicate keys and their order', () => {
    const text = '{"n":12345678901234567890.10e+5,"s":"\\u00e9\\"{,}","n":1.0,"n":-0}';
    expect(formatJson(text).replaceAll('\n', '').replaceAll('  ', '').replaceAll('": ', '":')).toBe(
      text,
    );
  });

  it('changes nothing but whitespace between tokens', () => {
    assert(
      property(jsonValue(), constantFrom(0, 1, 3), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const formatted = formatJson(text);
        expect(JSON.stringify(JSON.parse(formatted))).toBe(JSON.stringify(JSON.parse(text)));
        expect(formatJson(formatted)).toBe(formatted);
      }),
    );
  });

  it('ends on text that is not JSON', () => {
    expect(formatJson('{"a": "unfinished')).toBe('{\n  "a": "unfinished');
    expect(formatJson(']]}')).toBe('\n]\n]\n}');
  });
});
