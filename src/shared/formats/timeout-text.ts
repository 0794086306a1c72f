/** A timeout for reading, as it was most likely entered: "250 ms", "5 s", "5 min", "2 h". Takes milliseconds. */
export function timeoutText(milliseconds: number): string {
  const units = [
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1_000],
  ] as const;
  for (const [name, length] of units) {
    if (milliseconds > 0 && milliseconds % length === 0) return `${milliseconds / length} ${name}`;
  }
  return milliseconds > 10_000 ? `${milliseconds / 1_000} s` : `${milliseconds} ms`;
}
