import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MessageSplitter } from '../../../../../src/main/db/wire/message-splitter';

function message(type: number, body: Uint8Array): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt8(type, 0);
  header.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}

describe('MessageSplitter', () => {
  it('gives the same messages however the stream is cut into chunks', () => {
    const messages = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 255 }), fc.uint8Array({ maxLength: 40 })),
    );
    const cuts = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 });
    fc.assert(
      fc.property(messages, cuts, (parts, sizes) => {
        const wanted = parts.map(([type, body]) => message(type, body));
        const stream = Buffer.concat(wanted);
        const splitter = new MessageSplitter();
        const seen: Buffer[] = [];
        let offset = 0;
        for (let index = 0; offset < stream.length; index += 1) {
          const size = sizes[index % sizes.length] ?? 1;
          splitter.push(stream.subarray(offset, offset + size), (type, buffer, start, end) => {
            expect(buffer[start]).toBe(type);
            seen.push(Buffer.from(buffer.subarray(start, end)));
          });
          offset += size;
        }
        expect(seen).toEqual(wanted);
      }),
    );
  });
});
