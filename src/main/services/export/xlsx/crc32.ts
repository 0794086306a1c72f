/** The polynomial of ZIP and gzip, bits reversed (RFC 1952, 8). */
const polynomial = 0xedb88320;

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    value = (value & 1) === 1 ? polynomial ^ (value >>> 1) : value >>> 1;
  }
  return value;
});

/** CRC-32 of bytes that follow those of `previous`; node:zlib has it only from version 22 on. */
export function crc32(bytes: Uint8Array, previous = 0): number {
  let value = ~previous;
  for (const byte of bytes) value = (table[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return ~value >>> 0;
}
