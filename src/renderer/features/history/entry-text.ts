import type { HistoryEntry } from '@shared/models/query-history';
import { formatCount } from '../../components/format-count';
import { formatDuration } from '../../components/format-duration';

/** An entry on one line: its text with every run of white space as one space. */
export function oneLine(text: string): string {
  return text.slice(0, 400).replaceAll(/\s+/gu, ' ').trim();
}

const dayFormat = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', year: 'numeric' });
const timeFormat = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** The day of an entry in the zone of the computer: "Today", "Yesterday", "November 12, 2026". */
export function dayOf(at: string, now: Date): string {
  const day = dayFormat.format(new Date(at));
  if (day === dayFormat.format(now)) return 'Today';
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  return day === dayFormat.format(yesterday) ? 'Yesterday' : day;
}

/** The time of an entry in the zone of the computer: "14:32:07". */
export function timeOf(at: string): string {
  return timeFormat.format(new Date(at));
}

/** How a run came out: "1,024 rows in 12 ms", "Failed after 3 ms". */
export function endText({ end, statements }: Pick<HistoryEntry, 'end' | 'statements'>): string {
  if (end === null) return 'Its end was not seen';
  const duration = formatDuration(end.durationMs);
  if (end.outcome === 'failed') return `Failed after ${duration}`;
  if (end.outcome === 'cancelled') return `Cancelled after ${duration}`;
  if (statements > 1) return `${formatCount(statements, 'statement')} in ${duration}`;
  if (end.rows === null) return `Done in ${duration}`;
  return `${formatCount(end.rows, 'row')} in ${duration}`;
}
