import type { DataColumn, RowSelection } from '@shared/models/table-data';
import {
  completeDrafts,
  type FilterDraft,
  type SelectionDraft,
  toDraft,
  type TypedCondition,
} from '../filter-draft';
import { areSame, filterText, parseFilterText } from '../filter-text';

/** What a field of the filter row shows of a draft. */
export interface FieldText {
  readonly text: string;
  /** What is wrong with the text; null where it can be applied. */
  readonly problem: string | null;
  /** The conditions cannot be written in one line: they are changed in the panel. */
  readonly isReadOnly: boolean;
}

/** The text of a column's field: as it was typed while it means what is in the draft, else its own writing. */
export function fieldText(draft: SelectionDraft, column: DataColumn): FieldText {
  const conditions = conditionsOf(draft, column);
  const typed = draft.typed?.[column.name];
  if (typed !== undefined && areSame(typed.conditions, conditions)) {
    const parsed = parseFilterText(typed.text, column);
    return { text: typed.text, problem: parsed.ok ? null : parsed.problem, isReadOnly: false };
  }
  const text = filterText(conditions, column);
  return text === null
    ? { text: `${conditions.length} conditions`, problem: null, isReadOnly: true }
    : { text, problem: null, isReadOnly: false };
}

/**
 * The draft after something was typed into a column's field. Text that has no meaning yet leaves the
 * conditions as they are; a condition keeps its id, by which an error finds it.
 */
export function withFieldText(
  draft: SelectionDraft,
  column: DataColumn,
  text: string,
): SelectionDraft {
  const { name } = column;
  const parsed = parseFilterText(text, column);
  const conditions = parsed.ok ? parsed.conditions : conditionsOf(draft, column);
  const typed = { ...draft.typed, [name]: { text, conditions } };
  if (!parsed.ok) return { ...draft, typed };
  const own = draft.filters.filter((filter) => filter.column === name);
  const replaced = conditions.map(({ operator, text: value, second }, index): FilterDraft => {
    const id = own[index]?.id ?? crypto.randomUUID();
    return { id, column: name, operator, text: value, second };
  });
  const first = draft.filters.findIndex((filter) => filter.column === name);
  const others = draft.filters.filter((filter) => filter.column !== name);
  const at = first < 0 ? others.length : first;
  return { ...draft, filters: others.toSpliced(at, 0, ...replaced), typed };
}

/** Whether a field has nothing in it, waits for Enter, or is in force. */
export type FieldState = 'empty' | 'pending' | 'applied';

/** How a field's conditions stand to those in force. */
export function fieldState(
  draft: SelectionDraft,
  column: DataColumn,
  applied: Pick<RowSelection, 'filters'>,
  { text, problem }: FieldText,
): FieldState {
  const inForce = applied.filters.filter((filter) => filter.column === column.name).map(toDraft);
  if (problem !== null || !areSame(inForce, conditionsOf(draft, column))) return 'pending';
  return text === '' ? 'empty' : 'applied';
}

/** The first column whose field cannot be applied; undefined where all can. */
export function unclearColumn(
  draft: SelectionDraft,
  columns: readonly DataColumn[],
): DataColumn | undefined {
  return columns.find((column) => fieldText(draft, column).problem !== null);
}

function conditionsOf({ filters }: SelectionDraft, column: DataColumn): readonly TypedCondition[] {
  const own = filters.filter((filter) => filter.column === column.name);
  return completeDrafts(own, [column]);
}
