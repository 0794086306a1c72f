import type { AlterTableCmd, AlterTableStmt, TypeName } from 'libpg-query';
import type { TextWidth } from '@shared/models/statement-analysis';
import { constantValue } from './options';
import { nameParts } from './relation-name';

/**
 * What ALTER COLUMN TYPE makes of a column, where that is text or varchar and comes by itself; null
 * otherwise. `reason` is that of the risk that was found in it.
 */
export function textWidthOf(
  { objtype, relation }: AlterTableStmt,
  { name: column, def }: AlterTableCmd,
  reason: string,
): TextWidth | null {
  if (objtype !== 'OBJECT_TABLE' || relation?.relname === undefined) return null;
  if (column === undefined || def === undefined || !('ColumnDef' in def)) return null;
  const { typeName, raw_default: using, collClause } = def.ColumnDef;
  if (using !== undefined || collClause !== undefined) return null;
  const mostCharacters = charactersOf(typeName);
  if (mostCharacters === undefined) return null;
  const { schemaname: schema = null, relname } = relation;
  return { table: { schema, name: relname }, column, mostCharacters, reason };
}

/** How many characters a type of text takes, null for any number; undefined for other types. */
function charactersOf(type: TypeName | undefined): number | null | undefined {
  const { names = [], typmods = [], arrayBounds } = type ?? {};
  const [name, schema = 'pg_catalog'] = names.flatMap(nameParts).toReversed();
  if (schema !== 'pg_catalog' || arrayBounds !== undefined) return undefined;
  if (name !== 'varchar' && name !== 'text') return undefined;
  const [length] = typmods;
  if (length === undefined) return null;
  const characters = 'A_Const' in length ? constantValue(length.A_Const) : undefined;
  return typeof characters === 'number' ? characters : undefined;
}
