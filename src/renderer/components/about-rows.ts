/** An estimate without digits that nobody knows: "about 950", "about 12,000", "about 1.2 M", "about 3 billion". */
export function aboutRows(estimate: number): string {
  const rows = Math.round(estimate);
  if (rows < 1_000) return `about ${rows}`;
  const known = Number(rows.toPrecision(2));
  if (known < 1_000_000) return `about ${known.toLocaleString('en')}`;
  return known < 1_000_000_000
    ? `about ${known / 1_000_000} M`
    : `about ${known / 1_000_000_000} billion`;
}
