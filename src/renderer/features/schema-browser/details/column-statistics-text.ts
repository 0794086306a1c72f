import { groupDigits } from '../../../components/group-digits';

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 2 });

/** A share of the rows, an estimate from a sample, in per cent: "0.5" is "50%". */
export function shareText(share: string): string {
  return percent.format(Number(share));
}

/**
 * pg_stats.n_distinct in words: above 0 it is a number, below 0 the negative of the share of the rows
 * (manual, pg_stats), and 0 is unknown.
 */
export function distinctText(distinct: string): string {
  const value = Number(distinct);
  if (value === -1) return 'all different';
  if (value < 0) return `${percent.format(-value)} of the rows`;
  return value === 0 ? 'unknown' : `about ${groupDigits(String(Math.round(value)))}`;
}
