import { pipeline, Readable } from 'node:stream';
import { createDeflateRaw, constants } from 'node:zlib';
import { DatabaseError } from '../../../db/errors/database-error';
import { crc32 } from './crc32';

/** PKWARE, APPNOTE.TXT 4.3 and 4.4: the fields used here. */
const localHeader = 0x04034b50;
const dataDescriptor = 0x08074b50;
const centralHeader = 0x02014b50;
const endOfDirectory = 0x06054b50;
const version = 20;
/** Bit 3: sizes and checksum follow the data. Bit 11: names are UTF-8. */
const flags = (1 << 3) | (1 << 11);
const deflated = 8;
/** MS-DOS form of 1980-01-01, its first day: the files inside have no date of their own. */
const dosDate = (1 << 5) | 1;
/** Without ZIP64, which spreadsheets read unevenly, sizes and offsets have 32 bits. */
const largestSize = 0xffff_ffff;
/** Bytes that the compressor hands on at once: each time costs a turn of the event loop. */
const outputBytes = 64 * 1024;

interface Entry {
  readonly name: Buffer;
  readonly offset: number;
  readonly crc: number;
  readonly compressed: number;
  readonly size: number;
}

/**
 * Writes a ZIP archive from front to back, each entry as it is made: neither an entry nor the
 * archive is ever held whole.
 */
export class ZipWriter {
  readonly #entries: Entry[] = [];
  #offset = 0;

  /** The bytes of one entry. Raises DatabaseError when the archive would be too large. */
  async *entry(
    name: string,
    content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const offset = this.#offset;
    const nameBytes = Buffer.from(name);
    let crc = 0;
    let size = 0;
    let compressed = 0;
    const counted = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of content) {
        crc = crc32(chunk, crc);
        size += chunk.length;
        yield chunk;
      }
    };
    yield this.#count(
      words([localHeader, 4], [version, 2], [flags, 2], [deflated, 2], [0, 2], [dosDate, 2])
        .concat(words([0, 4], [0, 4], [0, 4], [nameBytes.length, 2], [0, 2]))
        .concat(nameBytes),
    );
    const deflate = createDeflateRaw({ level: constants.Z_BEST_SPEED, chunkSize: outputBytes });
    // The callback only keeps a failure from being unhandled: the loop raises it.
    pipeline(Readable.from(counted(), { objectMode: true }), deflate, () => undefined);
    for await (const chunk of deflate) {
      const bytes: Uint8Array = chunk;
      compressed += bytes.length;
      this.#offset += bytes.length;
      yield bytes;
    }
    if (size > largestSize || this.#offset > largestSize) throw tooLarge();
    this.#entries.push({ name: nameBytes, offset, crc, compressed, size });
    yield this.#count(words([dataDescriptor, 4], [crc, 4], [compressed, 4], [size, 4]));
  }

  /** The directory that ends the archive. */
  end(): Uint8Array {
    const begin = this.#offset;
    const headers = this.#entries.flatMap((entry) => [
      ...words([centralHeader, 4], [version, 2], [version, 2], [flags, 2], [deflated, 2]),
      ...words([0, 2], [dosDate, 2], [entry.crc, 4], [entry.compressed, 4], [entry.size, 4]),
      ...words([entry.name.length, 2], [0, 2], [0, 2], [0, 2], [0, 2], [0, 4], [entry.offset, 4]),
      entry.name,
    ]);
    const size = headers.reduce((sum, part) => sum + part.length, 0);
    const count = this.#entries.length;
    return Buffer.concat([
      ...headers,
      ...words([endOfDirectory, 4], [0, 2], [0, 2], [count, 2], [count, 2]),
      ...words([size, 4], [begin, 4], [0, 2]),
    ]);
  }

  #count(parts: readonly Uint8Array[]): Uint8Array {
    const bytes = Buffer.concat(parts);
    this.#offset += bytes.length;
    return bytes;
  }
}

/** Numbers as little-endian bytes of the given widths. */
function words(...fields: readonly (readonly [value: number, bytes: number])[]): Uint8Array[] {
  return fields.map(([value, bytes]) => {
    const word = Buffer.alloc(bytes);
    word.writeUIntLE(value, 0, bytes);
    return word;
  });
}

function tooLarge(): DatabaseError {
  return new DatabaseError({
    kind: 'InvalidInput',
    message: 'The workbook would be larger than 4 GB, which spreadsheets cannot open.',
    advice: 'Export fewer rows, or choose CSV.',
  });
}
