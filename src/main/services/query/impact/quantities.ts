/** A whole number with commas between thousands: 1,204,332. */
export function formatCount(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}

/** A number and its noun: "1 view", "2 views", "3 foreign keys", "2 policies". */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${count === 1 ? noun : pluralOf(noun)}`;
}

function pluralOf(noun: string): string {
  if (/[^aeiou]y$/u.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(?:s|x|ch)$/u.test(noun) ? `${noun}es` : `${noun}s`;
}

/** Names as a sentence lists them: "a", "a and b", "a, b and 3 more". `total` counts those not named too. */
export function listOf(names: readonly string[], total = names.length, shown = 3): string {
  const named = names.slice(0, shown);
  const further = total - named.length;
  const items = further > 0 ? [...named, `${formatCount(further)} more`] : named;
  return items.length < 2
    ? items.join('')
    : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/**
 * A size as pg_size_pretty writes it: steps of 1,024, rounded half up, the next unit from 10,240 on
 * (PostgreSQL source, utils/adt/dbsize.c).
 */
export function formatBytes(bytes: number): string {
  let size = bytes;
  let unit = 0;
  // Rounding happens before the comparison: 10,239.5 kB is 10 MB already.
  while (Math.round(size) >= 10 * 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? size : Math.round(size)} ${units[unit] ?? ''}`;
}
