import type { DataColumn } from '@shared/models/table-data';
import { type FilterOperator, operatorsFor } from '@shared/models/table-filter';
import { operatorLabels } from '../filter-draft';
import { writingOf } from '../filter-text';

/** What can be typed into a column's field, in the few letters that a narrow column has room for. */
export function placeholder({ category, enumLabels }: DataColumn): string {
  if (enumLabels !== null) return 'value, null';
  switch (category) {
    case 'text':
      return 'contains, =a, a%';
    case 'number':
      return '=, >, 1..9';
    case 'time':
      return '>, from..to';
    case 'boolean':
      return 'true, false';
    case 'json':
    case 'array':
    case 'range':
      return 'contains';
    case 'other':
      return '=, a%';
  }
}

/** How each operator of a column is written. */
export function operatorWritings(column: DataColumn): readonly {
  readonly operator: FilterOperator;
  readonly label: string;
  readonly writing: string;
}[] {
  const [plain] = operatorsFor(column);
  return operatorsFor(column).map((operator) => ({
    operator,
    label: operatorLabels[operator],
    writing: operator === plain ? 'a' : shortest(operator, plain),
  }));
}

/** All that can be typed into a column's field, a line for each. */
export function explanation(column: DataColumn): string {
  const lines = operatorWritings(column).map(({ label, writing }) => `${writing}   ${label}`);
  const both = column.category === 'json' ? [] : ['a && b   both', '"…"   as it stands'];
  return [...lines, ...both, '', 'Enter applies, Esc clears, Alt+↓ lists the operators'].join('\n');
}

/** What is looked for in a column's values most often. */
export function suggestions({ category, enumLabels, nullable }: DataColumn): readonly string[] {
  const values = enumLabels ?? (category === 'boolean' ? ['true', 'false'] : []);
  if (values.length === 0) return [];
  const plain = values.map((value) => (/^!|^(?:null)$/iu.test(value) ? `"${value}"` : value));
  return nullable ? [...plain, 'null', '!null'] : plain;
}

function shortest(operator: FilterOperator, plain: FilterOperator | undefined): string {
  return operator === 'not-contains' && plain === 'contains' ? '!a' : writingOf[operator];
}
