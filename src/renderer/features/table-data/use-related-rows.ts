import { useState } from 'react';
import { gridMemory } from '../../components/grid/grid-memory';
import { referencedRows, referringRows, type RelatedRows } from './foreign-keys';
import { followTo } from './table-controller';
import { useRelatedCounts } from './use-related-counts';
import type { ShownRows } from './table-store';

export type Direction = 'referenced' | 'referring';

interface RelatedRowsOptions {
  readonly connectionId: string;
  readonly tabId: string;
  readonly rows: ShownRows | null;
  readonly onFollowed: () => void;
  readonly onMessage: (message: string) => void;
}

/** The ways from the row with the focus to rows of other tables. */
export function useRelatedRows(options: RelatedRowsOptions) {
  const { connectionId, tabId, rows, onFollowed, onMessage } = options;
  /** Several ways, to choose one; null when there is nothing to choose. */
  const [related, setRelated] = useState<readonly RelatedRows[] | null>(null);
  const counts = useRelatedCounts(connectionId, related);
  const goTo = async ({ selection }: RelatedRows): Promise<void> => {
    setRelated(null);
    if (await followTo(tabId, selection)) onFollowed();
  };
  const follow = async (direction: Direction): Promise<void> => {
    const cell = rows === null ? null : focusedCell(rows);
    if (rows === null || cell === null) return;
    const found = await relatedTo(rows, cell, direction);
    const [only] = found;
    if (only === undefined) {
      onMessage(
        direction === 'referenced'
          ? 'No foreign key leads on from this cell.'
          : 'No table refers to this row.',
      );
    } else if (found.length === 1) await goTo(only);
    else setRelated(found);
  };
  return { related, counts, follow, goTo, close: () => setRelated(null) };
}

function focusedCell({ source }: ShownRows): { row: number; name: string } | null {
  const focus = gridMemory(source).selection?.focus;
  const name = focus === undefined ? undefined : source.columns[focus.column]?.name;
  return focus === undefined || name === undefined ? null : { row: focus.row, name };
}

async function relatedTo(
  { pages, columns, relation }: ShownRows,
  cell: { readonly row: number; readonly name: string },
  direction: Direction,
): Promise<readonly RelatedRows[]> {
  const texts = await pages.row(cell.row);
  const values = new Map(columns.map(({ name }, index) => [name, texts[index] ?? null]));
  return direction === 'referenced'
    ? referencedRows(relation, cell.name, values)
    : referringRows(relation, values);
}
