import {
  ArrowLeft,
  ArrowRight,
  Download,
  Filter,
  Link2,
  RefreshCw,
  Rows2,
  Table2,
} from 'lucide-react';
import { Button } from '../../components/button';
import { IconButton } from '../../components/icon-button';
import { DropdownMenu } from '../../components/menu';
import { printable } from '../../components/printable';
import { ShownName } from '../../components/shown-name';
import { acceleratorText, commandKeys } from '../../components/shortcut-text';
import { changeLayout } from './column-arrangement';
import { exportTable } from './export-table';
import { ColumnsMenu } from './columns-menu';
import type { RelatedRows } from './foreign-keys';
import { relationTitle } from './location';
import { cancelRead, reloadTable, stepHistory } from './table-controller';
import type { TableTab } from './table-store';
import styles from './table-tab.module.css';

interface TableBarProps {
  readonly tabId: string;
  readonly tab: TableTab;
  readonly isFilterRowShown: boolean;
  readonly onFilter: () => void;
  readonly onFilterRow: () => void;
  /** Several ways from a row, to choose one. */
  readonly related: readonly RelatedRows[] | null;
  /** How many rows each way leads to, by its label. */
  readonly counts: Readonly<Record<string, string>>;
  readonly onRelatedClosed: () => void;
  readonly onFollow: (way: RelatedRows) => void;
}

/** What is shown, the way there, and what can be done with it. */
export function TableBar(props: TableBarProps) {
  const { tabId, tab, isFilterRowShown, onFilter, onFilterRow } = props;
  const { related, counts, onRelatedClosed, onFollow } = props;
  const { rows, history, layout, readId } = tab;
  const { filters, where, relation } = history.present;
  const conditions = filters.length + (where === '' ? 0 : 1);
  return (
    <header className={styles['bar']}>
      <IconButton
        size="small"
        label="Back"
        shortcut="Alt+←"
        icon={<ArrowLeft />}
        disabled={history.past.length === 0}
        onClick={() => void stepHistory(tabId, 'back')}
      />
      <IconButton
        size="small"
        label="Forward"
        shortcut="Alt+→"
        icon={<ArrowRight />}
        disabled={history.future.length === 0}
        onClick={() => void stepHistory(tabId, 'forward')}
      />
      <h2 className={styles['title']}>
        <Table2 aria-hidden="true" />
        <span>
          <ShownName name={relationTitle(relation)} />
        </span>
      </h2>
      <Button
        size="small"
        variant="ghost"
        icon={<Filter />}
        aria-pressed={tab.isFiltering}
        onClick={onFilter}
      >
        {conditions === 0 ? 'Filter' : `Filter (${conditions})`}
      </Button>
      <IconButton
        size="small"
        label="Filter row"
        shortcut={acceleratorText('CmdOrCtrl+Shift+F')}
        icon={<Rows2 />}
        aria-pressed={isFilterRowShown}
        onClick={onFilterRow}
      />
      {rows !== null && (
        <ColumnsMenu
          names={rows.relation.columns.map(({ name }) => name)}
          layout={layout}
          onChange={(changed) => void changeLayout(tabId, changed)}
        />
      )}
      {related !== null && (
        <DropdownMenu
          defaultOpen
          onOpenChange={(isOpen) => {
            if (!isOpen) onRelatedClosed();
          }}
          actions={related.map((way) => ({
            label: printable(way.label),
            ...(counts[way.label] !== undefined && { shortcut: counts[way.label] ?? '' }),
            onSelect: () => onFollow(way),
          }))}
        >
          <Button size="small" variant="ghost" icon={<Link2 />}>
            {relatedText(related)}
          </Button>
        </DropdownMenu>
      )}
      <span className={styles['space']} />
      <Button
        size="small"
        variant="ghost"
        icon={<Download />}
        disabled={rows === null}
        title={commandKeys('export-result')}
        onClick={() => exportTable(tab)}
      >
        Export…
      </Button>
      {readId === null ? (
        <IconButton
          size="small"
          label="Reload"
          shortcut="F5"
          icon={<RefreshCw />}
          onClick={() => void reloadTable(tabId)}
        />
      ) : (
        <Button size="small" onClick={() => void cancelRead(tabId)}>
          Cancel
        </Button>
      )}
    </header>
  );
}

function relatedText(related: readonly RelatedRows[]): string {
  const tables = new Set(related.map(({ selection }) => JSON.stringify(selection.relation)));
  return tables.size === 1 ? `${related.length} keys lead on` : `${tables.size} tables`;
}
