import { describe, expect, it } from 'vitest';
import { groupDigits } from '../../../../src/renderer/components/group-digits';
import {
  rowLabel,
  rowTooltip,
  shortCount,
  shortType,
} from '../../../../src/renderer/features/schema-browser/row-text';
import { column, table } from './catalog-fixture';

describe('shortCount', () => {
  it.each([
    ['0', '0'],
    ['999', '999'],
    ['9999', '9,999'],
    ['12840', '12.8K'],
    ['2418840', '2.42M'],
    ['9223372036854775807', '9,220,000T'],
    ['1.5e+07', '1.5e+07'],
  ])('writes %s as %s', (digits, text) => expect(shortCount(digits)).toBe(text));
});

describe('groupDigits', () => {
  it('keeps every digit of what a number could not hold', () => {
    expect(groupDigits('9223372036854775807').replaceAll(',', '')).toBe('9223372036854775807');
    expect(groupDigits('1234')).toBe('1,234');
  });
});

describe('shortType', () => {
  it.each([
    ['timestamp with time zone', 'timestamptz'],
    ['timestamp(3) without time zone', 'timestamp(3)'],
    ['time(0) with time zone[]', 'timetz(0)[]'],
    ['character varying(255)[]', 'varchar(255)[]'],
    ['character(1)', 'char(1)'],
    ['double precision', 'float8'],
    ['numeric(12,2)', 'numeric(12,2)'],
    ['app.character varying', 'app.character varying'],
  ])('writes %s as %s', (type, short) => expect(shortType(type)).toBe(short));
});

describe('rowTooltip', () => {
  it('gives the whole type, the default and the reference of a column', () => {
    const content = {
      kind: 'column',
      table: table('orders'),
      column: column('placed', { type: 'timestamp with time zone', default: 'now()' }),
      references: ['public.days.day'],
    } as const;
    expect(rowTooltip(content)).toBe(
      'placed  timestamp with time zone\nNOT NULL\nDefault: now()\nReferences public.days.day',
    );
  });

  it('says why a relation is locked', () => {
    const content = { kind: 'relation', table: table('t', { canSelect: false }) } as const;
    expect(rowTooltip(content)).toContain('No SELECT right');
    expect(rowLabel(content)).toBe('t, table, locked');
  });
});
