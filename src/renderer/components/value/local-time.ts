/** timestamp with time zone (PostgreSQL source, src/include/catalog/pg_type.dat). */
export const timestamptzType = 1184;

const isoTime =
  /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(\.\d+)?([+-])(\d\d)(?::?(\d\d))?(?::(\d\d))?$/u;

/**
 * The same moment in another time zone, for reading beside the value, never in its place: by default
 * the zone of this computer. The fraction of the second is copied as it is written. Null for years
 * beyond four digits or before Christ, for infinity, and for what DateStyle writes in another way.
 */
export function inTimeZone(text: string, timeZone?: string): string | null {
  const match = isoTime.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction = '', sign] = match;
  const [offsetHours, offsetMinutes, offsetSeconds] = match
    .slice(9)
    .map((part) => Number(part ?? 0));
  const offset =
    ((offsetHours ?? 0) * 3600 + (offsetMinutes ?? 0) * 60 + (offsetSeconds ?? 0)) *
    (sign === '-' ? -1 : 1);
  const moment = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  moment.setTime(moment.getTime() - offset * 1000);
  const parts = new Intl.DateTimeFormat('en', {
    ...(timeZone !== undefined && { timeZone }),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  }).formatToParts(moment);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((candidate) => candidate.type === type)?.value ?? '';
  const zone = part('timeZoneName').replace('GMT', '') || '+00:00';
  const date = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
  return `${date} ${part('hour')}:${part('minute')}:${part('second')}${fraction} ${zone}`;
}
