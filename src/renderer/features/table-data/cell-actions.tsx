import type { DataRelation, RowSelection } from '@shared/models/table-data';
import { operatorsFor } from '@shared/models/table-filter';
import { ArrowDownAZ, ArrowUpAZ, Filter, FilterX, Link2, Network } from 'lucide-react';
import type { MenuAction, MenuActions } from '../../components/menu';
import type { SelectionDraft } from './filter-draft';

/** What is known of a cell when its menu opens. */
export interface CellInMenu {
  readonly name: string;
  /** Its whole text, null for NULL; undefined where it is not here. */
  readonly text: string | null | undefined;
}

interface CellHandlers {
  readonly onFilter: (draft: SelectionDraft['filters'][number]) => void;
  readonly onSort: (sort: RowSelection['sort']) => void;
  readonly onReferenced: () => void;
  readonly onReferring: () => void;
}

/** What the menu of a cell offers beyond the grid's own. */
export function cellActions(
  relation: DataRelation,
  { name, text }: CellInMenu,
  handlers: CellHandlers,
): MenuActions {
  const column = relation.columns.find((candidate) => candidate.name === name);
  if (column === undefined) return [];
  const { onFilter, onSort, onReferenced, onReferring } = handlers;
  const filterBy = (operator: 'equals' | 'not-equals'): void =>
    onFilter({
      id: crypto.randomUUID(),
      column: name,
      operator: text === null ? (operator === 'equals' ? 'is-null' : 'is-not-null') : operator,
      text: text ?? '',
      second: '',
    });
  const canFilter = text !== undefined && operatorsFor(column).includes('equals');
  const actions: (MenuAction | false)[] = [
    canFilter && {
      label: 'Only rows with this value',
      icon: <Filter />,
      onSelect: () => filterBy('equals'),
    },
    canFilter && {
      label: 'Only rows without this value',
      icon: <FilterX />,
      onSelect: () => filterBy('not-equals'),
    },
    column.isComparable && {
      label: 'Sort ascending',
      icon: <ArrowDownAZ />,
      shortcut: 'Alt+S',
      onSelect: () => onSort([{ column: name, descending: false, nulls: 'last' }]),
    },
    column.isComparable && {
      label: 'Sort descending',
      icon: <ArrowUpAZ />,
      onSelect: () => onSort([{ column: name, descending: true, nulls: 'first' }]),
    },
    relation.foreignKeys.some(({ columns }) => columns.includes(name)) && {
      label: 'Go to the row it refers to',
      icon: <Link2 />,
      shortcut: 'Alt+↓',
      onSelect: onReferenced,
    },
    relation.referencedBy.length > 0 && {
      label: 'Rows that refer to this row',
      icon: <Network />,
      shortcut: 'Alt+↑',
      onSelect: onReferring,
    },
  ];
  return actions.filter((action) => action !== false);
}
