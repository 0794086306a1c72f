import type { RowSelection } from '@shared/models/table-data';
import type { DatabaseError } from '../../../db/errors/database-error';
import type { OpenConnection } from '../../connections/open-connection';
import type { OpenSource } from '../row-source';
import { onOwnClient } from './leases';
import type { ReadStatement } from './statement-source';

/** What an export needs of whoever writes the SQL of conditions. */
export interface SelectionStatements {
  /** The statement for a selection; `explain` names the condition that a failure belongs to. */
  statementForExport(
    connectionId: string,
    selected: { readonly selection: RowSelection; readonly columns: readonly string[] | null },
    maxRows: number | null,
  ): Promise<ReadStatement & { readonly explain: (error: unknown) => Promise<DatabaseError> }>;
}

/** Some rows of a relation: all of those, or the first `maxRows` of them. */
export function selectionSource(
  statements: SelectionStatements,
  connection: OpenConnection,
  selected: Parameters<SelectionStatements['statementForExport']>[1],
  maxRows: number | null,
  settings: readonly string[],
): OpenSource {
  return async (signal, consume) => {
    const { connectionId } = connection;
    const { explain, ...statement } = await statements.statementForExport(
      connectionId,
      selected,
      maxRows,
    );
    let isReading = false;
    try {
      return await onOwnClient(
        connection,
        statement,
        settings,
      )(signal, (rows) => {
        isReading = true;
        return consume(rows);
      });
    } catch (error) {
      // What fails later, or while writing, has nothing to do with a condition's value.
      if (isReading || signal.aborted) throw error;
      throw await explain(error);
    }
  };
}
