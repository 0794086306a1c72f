import type { RelationName } from '@shared/models/table-data';
import { readableIdentifier } from '@shared/sql/identifiers';
import { FilterX } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '../../components/button';
import { columnNotes, insertTarget, useColumnSources } from '../../components/grid/column-sources';
import { ResultGrid } from '../../components/grid/result-grid';
import type { CellPosition } from '../../components/grid/selection';
import type { MenuActions } from '../../components/menu';
import { cellActions } from './cell-actions';
import { keepFrozen, keepWidths } from './column-arrangement';
import { exportTable } from './export-table';
import { FilterRow, filterRowHeight } from './filter-row/filter-row';
import { changeSelection } from './table-controller';
import type { ShownRows, TableTab } from './table-store';
import styles from './table-tab.module.css';
import { useHeaderPress } from './use-header-press';
import type { Direction } from './use-related-rows';
import type { TableFilter } from './use-table-filter';

interface TableGridProps {
  readonly tabId: string;
  readonly tab: TableTab;
  readonly rows: ShownRows;
  readonly filter: TableFilter;
  readonly onSort: (column: number, isAdded: boolean) => void;
  readonly onFollow: (direction: Direction) => void;
  readonly onCopied: (message: string) => void;
  readonly focusGrid: () => void;
  /** Gives the keyboard to the rows once a step has led to others. */
  readonly afterwards: (step: Promise<boolean>) => Promise<void>;
}

/** The rows of a table with the fields above its columns. */
export function TableGrid(props: TableGridProps) {
  const { tabId, tab, rows, filter, onSort, onFollow, onCopied, focusGrid, afterwards } = props;
  const { present } = tab.history;
  const isFiltered = present.filters.length > 0 || present.where !== '';
  const sources = useColumnSources(tab.connectionId, rows.source);
  const notes = useMemo(() => columnNotes(sources), [sources]);
  const press = useHeaderPress({ onPress: onSort, onResize: () => keepWidths(tabId) });
  const actionsFor = ({ row, column }: CellPosition): MenuActions => {
    const { source } = rows;
    const name = source.columns[column]?.name;
    if (name === undefined) return [];
    const text = source.hasText(row, column) ? source.text(row, column) : undefined;
    return cellActions(
      rows.relation,
      { name, text },
      {
        onFilter: (added) => {
          const { filters } = filter.draft;
          void afterwards(filter.apply({ ...filter.draft, filters: [...filters, added] }));
        },
        onSort: (sort) => void afterwards(changeSelection(tabId, { sort })),
        onReferenced: () => onFollow('referenced'),
        onReferring: () => onFollow('referring'),
      },
    );
  };
  const band = filter.isRowShown && {
    height: filterRowHeight,
    render: (viewport: Parameters<typeof FilterRow>[0]['viewport']) => (
      <FilterRow
        key={JSON.stringify(present.relation)}
        columns={rows.source.shown.flatMap((index) => rows.relation.columns[index] ?? [])}
        viewport={viewport}
        draft={filter.draft}
        applied={present}
        error={tab.isFiltering ? null : tab.error}
        request={filter.fieldRequest}
        onChange={filter.change}
        onApply={(draft) => void filter.apply(draft)}
        onLeave={focusGrid}
      />
    ),
  };
  return (
    <div className={styles['grid']} {...press}>
      <ResultGrid
        source={rows.source}
        target={{ ...insertTarget(sources), relation: sqlName(present.relation) }}
        onCopied={onCopied}
        actionsFor={actionsFor}
        onExport={() => exportTable(tab)}
        onFreeze={(frozen) => keepFrozen(tabId, frozen)}
        onResize={() => keepWidths(tabId)}
        columnNotes={notes}
        {...(isFiltered && {
          noRows: (
            <>
              <p>No row meets the conditions.</p>
              <Button
                size="small"
                icon={<FilterX />}
                onClick={() => void afterwards(filter.apply({ filters: [], where: '' }))}
              >
                Clear the conditions
              </Button>
            </>
          ),
        })}
        band={band === false ? undefined : band}
      />
    </div>
  );
}

/** A relation's name as it is written in SQL. */
export const sqlName = ({ schema, name }: RelationName): string =>
  `${readableIdentifier(schema)}.${readableIdentifier(name)}`;
