import { DatabaseError } from '../../../db/errors/database-error';
import type { Pool } from '../../../db/pool/pool';
import { columnSources } from '../../query/columns/column-sources';
import type { ExportColumn, OpenSource } from '../row-source';

/**
 * A source for INSERT: where all its columns are of one relation, it says which of them the server
 * computes, and which have an identity of its own. `findPool` raises DatabaseError where the connection
 * is gone.
 */
export function forInsert(open: OpenSource, findPool: () => Pool): OpenSource {
  return (signal, consume) =>
    open(signal, async (rows) => {
      const columns = await insertableColumns(rows.columns, findPool);
      return consume({ columns, batches: () => rows.batches() });
    });
}

async function insertableColumns(
  columns: readonly ExportColumn[],
  findPool: () => Pool,
): Promise<readonly ExportColumn[]> {
  const [first] = columns;
  const oid = first?.tableOid ?? 0;
  if (oid === 0 || columns.some(({ tableOid }) => tableOid !== oid)) return columns;
  const places = columns.map(({ tableColumn = 0 }) => ({ tableOid: oid, tableColumn }));
  try {
    const sources = await columnSources(findPool(), places);
    return columns.map((column, index) => {
      const { isGenerated = false, isIdentityAlways = false } = sources[index] ?? {};
      return { ...column, isGenerated, isIdentityAlways };
    });
  } catch (error) {
    // Without them the script says of itself what is wrong with it: the server refuses such a value.
    if (error instanceof DatabaseError) return columns;
    throw error;
  }
}
