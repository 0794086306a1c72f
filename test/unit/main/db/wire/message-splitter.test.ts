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

  it('refuses a message that would be shorter than its header, wherever its chunks end', () => {
    const malformed = Buffer.from([68, 0, 0, 0, 3]);
    for (let cut = 0; cut <= malformed.length; cut += 1) {
      const splitter = new MessageSplitter();
      const push = (chunk: Buffer): void => splitter.push(chunk, () => expect.unreachable());
      expect(() => {
        push(malformed.subarray(0, cut));
        push(malformed.subarray(cut));
      }).toThrow(RangeError);
    }
  });
});
