import { expect, it } from 'vitest';
import { styleOf } from '../../../../src/shared/formats/session-style';

const [date, timestamp, timestamptz, interval, text] = [1082, 1114, 1184, 1186, 25];

it.each([
  ['2024-03-02', date, 'plain'],
  ['12345-01-01', date, 'plain'],
  ['0044-03-15 12:00:00 BC', timestamp, 'plain'],
  ['2024-03-02 12:00:00.5+05:30', timestamptz, 'plain'],
  ['02/03/2024', date, 'ambiguous'],
  ['02.03.2024 12:00:00', timestamp, 'ambiguous'],
  ['Sat 02 Mar 12:00:00 2024 CET', timestamptz, 'ambiguous'],
  ['infinity', timestamptz, 'unclear'],
  ['-infinity', date, 'unclear'],
  ['1 year 2 mons -3 days +04:05:06', interval, 'plain'],
  ['-1 days +02:03:04', interval, 'plain'],
  ['P1Y2M3DT4H', interval, 'plain'],
  ['@ 1 day 2 hours ago', interval, 'plain'],
  ['04:05:06', interval, 'unclear'],
  ['-04:05:06', interval, 'unclear'],
  ['-1 2:03:04', interval, 'ambiguous'],
  ['1-2', interval, 'ambiguous'],
  ['+1-2 -3 +4:05:06', interval, 'ambiguous'],
  ['02/03/2024', text, null],
  ['{2024-03-02,NULL}', 1182, 'plain'],
  ['[0:1]={NULL,02/03/2024}', 1182, 'ambiguous'],
  ['{"Sat 02 Mar 12:00:00 2024",infinity}', 1115, 'ambiguous'],
  ['{infinity,NULL}', 1185, 'unclear'],
  ['{"1 day","-1 2:03:04"}', 1187, 'ambiguous'],
  ['[2024-03-02,infinity)', 3912, 'plain'],
  ['[02/03/2024,)', 3912, 'ambiguous'],
  ['empty', 3912, 'unclear'],
  ['["2024-03-02 00:00:00+00","2024-03-03 00:00:00+00")', 3910, 'plain'],
  ['{[02-03-2024,03-03-2024),[04-03-2024,)}', 4535, 'ambiguous'],
  ['{"[\\"02/03/2024 00:00:00\\",)"}', 3909, 'ambiguous'],
] as const)('%s of type %i is %s', (value, typeOid, expected) => {
  expect(styleOf(value, typeOid)).toBe(expected);
});
