const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;

/**
 * A number of bytes (int8 as text) for a person: "8192 bytes", "1.2 MB". Units are powers of 1024,
 * as pg_size_pretty has them (manual, Database Object Size Functions).
 */
export function byteSize(bytes: string): string {
  let rest = BigInt(bytes);
  let unit = 0;
  // In tenths, so that no digit is lost to a floating point number.
  let tenths = rest * 10n;
  while (rest >= 10_240n && unit < units.length - 1) {
    tenths /= 1024n;
    rest /= 1024n;
    unit += 1;
  }
  const whole = tenths / 10n;
  const text = unit === 0 || whole >= 100n ? String(whole) : `${whole}.${tenths % 10n}`;
  return `${text} ${units[unit] ?? ''}`;
}
