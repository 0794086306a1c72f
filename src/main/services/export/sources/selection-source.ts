import type { ExportFormat } from '@shared/models/export';
import type { DatabaseError } from '../../../db/errors/database-error';
import type { OpenConnection } from '../../connections/open-connection';
import type { ExportedRows } from '../../table-data/sql/select-rows';
import { whereSetting } from '../../table-data/sql/where-expression';
import { readingSettings } from '../reading-settings';
import type { OpenSource } from '../row-source';
import { onOwnClient } from './leases';
import type { ReadStatement } from './statement-source';

/** What an export needs of whoever writes the SQL of conditions. */
export interface SelectionStatements {
  /** The statement for a selection; `explain` names the condition that a failure belongs to. */
  statementForExport(
    connectionId: string,
    rows: ExportedRows,
    options: { readonly maxRows: number | null; readonly isForInsert: boolean },
  ): Promise<
    ReadStatement & {
      readonly isIdentityAlways: readonly boolean[];
      readonly explain: (error: unknown) => Promise<DatabaseError>;
    }
  >;
}

/** Rows of a relation for a file of a format: all of those, or the first `maxRows` of them. */
export function selectionSource(
  statements: SelectionStatements,
  connection: OpenConnection,
  selected: ExportedRows,
  { maxRows, format }: { readonly maxRows: number | null; readonly format: ExportFormat },
): OpenSource {
  return async (signal, consume) => {
    const { explain, isIdentityAlways, ...statement } = await statements.statementForExport(
      connection.connectionId,
      selected,
      { maxRows, isForInsert: format === 'insert' },
    );
    let isReading = false;
    try {
      return await onOwnClient(connection, statement, [...readingSettings(format), whereSetting])(
        signal,
        (rows) => {
          isReading = true;
          const columns = rows.columns.map(({ name, typeOid }, index) => ({
            name,
            typeOid,
            isIdentityAlways: isIdentityAlways[index] === true,
          }));
          return consume({ ...rows, columns });
        },
      );
    } catch (error) {
      // What fails later, or while writing, has nothing to do with a condition's value.
      if (isReading || signal.aborted) throw error;
      throw await explain(error);
    }
  };
}
