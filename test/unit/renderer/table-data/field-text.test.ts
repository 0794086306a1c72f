import { describe, expect, it } from 'vitest';
import type { SelectionDraft } from '../../../../src/renderer/features/table-data/filter-draft';
import {
  fieldText,
  unclearColumn,
  withFieldText,
} from '../../../../src/renderer/features/table-data/filter-row/field-text';
import type { DataColumn } from '../../../../src/shared/models/table-data';

const column = (name: string, category: DataColumn['category']): DataColumn => ({
  name,
  type: '',
  category,
  nullable: true,
  isComparable: true,
  enumLabels: null,
});
const id = column('id', 'number');
const note = column('note', 'text');
const body = column('body', 'json');
const empty: SelectionDraft = { filters: [], where: 'true' };

describe('a field of the filter row', () => {
  it('shows the conditions of its column, and what is typed becomes conditions', () => {
    const typed = withFieldText(withFieldText(empty, id, '>1'), note, 'abc');
    expect(typed.filters.map(({ column: name, operator }) => [name, operator])).toEqual([
      ['id', 'greater'],
      ['note', 'contains'],
    ]);
    expect(typed.where).toBe('true');
    expect(fieldText({ ...typed, typed: {} }, id).text).toBe('>1');
  });

  it('keeps what was typed as it was typed, until the panel changes its conditions', () => {
    const typed = withFieldText(empty, id, ' > 1 ');
    expect(fieldText(typed, id).text).toBe(' > 1 ');
    const changed = {
      ...typed,
      filters: typed.filters.map((f) => Object.assign(f, { text: '2' })),
    };
    expect(fieldText(changed, id).text).toBe('>2');
  });

  it('keeps the id of a condition, by which an error finds it', () => {
    const first = withFieldText(empty, id, '>1 && <5');
    const second = withFieldText(first, id, '>1 && <9');
    expect(second.filters.map((filter) => filter.id)).toEqual(first.filters.map((f) => f.id));
  });

  it('leaves the conditions as they are while its text has no meaning', () => {
    const before = withFieldText(empty, id, '5');
    const after = withFieldText(before, id, '>');
    expect(after.filters).toEqual(before.filters);
    expect(fieldText(after, id)).toMatchObject({ text: '>', isReadOnly: false });
    expect(fieldText(after, id).problem).not.toBeNull();
    expect(unclearColumn(after, [note, id])).toBe(id);
    expect(unclearColumn(before, [note, id])).toBeUndefined();
  });

  it('takes an emptied field for no condition', () => {
    expect(withFieldText(withFieldText(empty, id, '5'), id, '').filters).toEqual([]);
  });

  it('takes the empty text for a value of a text alone', () => {
    expect(fieldText(withFieldText(empty, id, '=""'), id).problem).not.toBeNull();
    expect(fieldText(withFieldText(empty, note, '=""'), note).problem).toBeNull();
  });

  it('does not offer to change what it cannot write', () => {
    const filters = ['{"a": 1}', '{"b": 2}'].map((text) => ({
      id: text,
      column: 'body',
      operator: 'contains' as const,
      text,
      second: '',
    }));
    expect(fieldText({ filters, where: '' }, body)).toMatchObject({
      text: '2 conditions',
      isReadOnly: true,
    });
  });
});
