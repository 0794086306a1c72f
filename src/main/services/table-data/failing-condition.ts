import type { DatabaseErrorData } from '@shared/models/database-error';
import type { RowSelection } from '@shared/models/table-data';
import type { ColumnFilter } from '@shared/models/table-filter';
import { DatabaseError, toDatabaseError } from '../../db/errors/database-error';
import type { OpenConnection } from '../connections/open-connection';
import { filterField } from './sql/column-condition';
import type { RelationShape } from './sql/relation-shape';
import { fromClause, probeCondition } from './sql/select-rows';

/**
 * The error of a selection, with the condition that it belongs to as `field`. The server does not say
 * which value it could not read, so each condition is tried alone, without reading rows.
 */
export async function blame(
  connection: OpenConnection,
  shape: RelationShape,
  selection: RowSelection,
  failure: unknown,
): Promise<DatabaseError> {
  const error = toDatabaseError(failure);
  if (error.data.field !== undefined || !isOfConditions(error.data)) return withoutPlace(error);
  for (const filter of selection.filters) {
    const found = await failureOf(connection, shape, filter);
    if (found !== null) return withField(found, filterField(filter));
  }
  if (selection.where.trim() === '') return withoutPlace(error);
  const inWhere = await failureOfWhere(connection, shape, selection);
  // What fails on a row alone, such as a division by zero, is of the person's own text too.
  return inWhere ?? withField(error, 'where');
}

/** Data exceptions, and names and operators that do not exist (manual, appendix A). */
function isOfConditions({ sqlState = '' }: DatabaseErrorData): boolean {
  return sqlState.startsWith('22') || (sqlState.startsWith('42') && sqlState !== '42P01');
}

async function failureOf(
  connection: OpenConnection,
  shape: RelationShape,
  filter: ColumnFilter,
): Promise<DatabaseError | null> {
  const { text, values } = probeCondition(shape, filter);
  try {
    await connection.pool.query(text, values, { holder: 'table' });
    return null;
  } catch (error) {
    return toDatabaseError(error);
  }
}

/** The error of the person's own text, with its position in it; null when it can be planned. */
async function failureOfWhere(
  connection: OpenConnection,
  shape: RelationShape,
  { where }: RowSelection,
): Promise<DatabaseError | null> {
  const before = `EXPLAIN SELECT ${fromClause(shape)} WHERE (\n`;
  try {
    await connection.pool.query(`${before}${where}\n)`, [], { holder: 'table' });
    return null;
  } catch (failure) {
    const error = toDatabaseError(failure);
    const { position } = error.data;
    return withField(
      error,
      'where',
      position === undefined ? undefined : Math.max(0, position - before.length),
    );
  }
}

function withField(error: DatabaseError, field: string, position?: number): DatabaseError {
  const { position: _, ...data } = error.data;
  return new DatabaseError(
    { ...data, field, ...(position !== undefined && { position }) },
    { cause: error },
  );
}

/** A position in SQL that nobody has written is of no use to anyone. */
function withoutPlace(error: DatabaseError): DatabaseError {
  if (error.data.field === 'where') return error;
  const { position: _, ...data } = error.data;
  return new DatabaseError(data, { cause: error });
}
