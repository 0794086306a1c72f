/**
 * The bytes of a bytea in the hex format (PostgreSQL manual, 8.4.1); null for the escape format and
 * anything else.
 */
export function parseHexBytes(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^\\x(?:[0-9a-f]{2})*$/u.test(text)) return null;
  const bytes = new Uint8Array((text.length - 2) / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = Number.parseInt(text.slice(2 + index * 2, 4 + index * 2), 16);
  }
  return bytes;
}

const bytesPerLine = 16;

/** Lines of offset, bytes in hex, and the bytes that are printable ASCII, of at most `count` bytes. */
export function hexDump(bytes: Uint8Array, count: number): string {
  const lines: string[] = [];
  for (let offset = 0; offset < Math.min(count, bytes.length); offset += bytesPerLine) {
    const line = [...bytes.subarray(offset, Math.min(offset + bytesPerLine, count))];
    const hex = line.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const ascii = line
      .map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·'))
      .join('');
    const place = offset.toString(16).padStart(8, '0');
    lines.push(`${place}  ${hex.padEnd(bytesPerLine * 3 - 1)}  ${ascii}`);
  }
  return lines.join('\n');
}

/** The kind of picture that the bytes begin like, as a media type; null for any other. */
export function imageType(bytes: Uint8Array): string | null {
  const begins = (offset: number, ...wanted: readonly number[]): boolean =>
    wanted.every((byte, index) => bytes[offset + index] === byte);
  if (begins(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (begins(0, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (begins(0, 0x47, 0x49, 0x46, 0x38)) return 'image/gif';
  if (begins(0, 0x52, 0x49, 0x46, 0x46) && begins(8, 0x57, 0x45, 0x42, 0x50)) return 'image/webp';
  return null;
}
