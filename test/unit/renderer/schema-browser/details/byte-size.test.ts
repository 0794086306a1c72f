import { expect, it } from 'vitest';
import { byteSize } from '../../../../../src/renderer/features/schema-browser/details/byte-size';

it.each([
  ['0', '0 bytes'],
  ['8192', '8192 bytes'],
  ['10240', '10.0 kB'],
  ['123456', '120 kB'],
  ['123456789', '117 MB'],
  ['9223372036854775807', '8191 PB'],
])('%s bytes are %s', (bytes, text) => {
  expect(byteSize(bytes)).toBe(text);
});
