import type { AlterTableCmd, AlterTableStmt, ColumnDef, Constraint, Node } from 'libpg-query';
import { isVolatileFunction } from './builtin-functions';
import { Findings } from './findings';
import { dottedName, nameParts, relationName } from './relation-name';
import { SyntaxWalk } from './syntax-walk';

/**
 * ALTER TABLE that loses nothing, and keeps others waiting while the server works through the whole
 * table (manual, ALTER TABLE, Description and Notes; 13.3.1 Table-Level Locks). How long that takes
 * only the table's size tells: it is told here, and asked about where the table is found to be large
 * (see large-tables.ts). A table that is new, empty or small is altered in no time.
 *
 * Left alone is what takes as long for a large table as for a small one: columns with a constant or
 * stable default, NOT VALID, USING INDEX, and VALIDATE CONSTRAINT, which lets others write.
 */
export function checkTableWork(
  walk: SyntaxWalk,
  table: AlterTableStmt,
  { subtype, name: column, def }: AlterTableCmd,
): void {
  if (table.objtype !== 'OBJECT_TABLE') return;
  const name = relationName(table.relation);
  if (subtype === 'AT_AddColumn' && def !== undefined && 'ColumnDef' in def) {
    const why = rewritingPart(walk, def.ColumnDef);
    if (why === null) return;
    walk.findings.notice(
      'rewrites-table',
      `Adding column ${dottedName([def.ColumnDef.colname])} with ${why} rewrites ${name} while nobody else can read or write it.`,
      name,
    );
  } else if (subtype === 'AT_SetNotNull') {
    walk.findings.notice(
      'scans-table',
      `SET NOT NULL reads all of ${name} while nobody else can read or write it, unless a valid CHECK (${dottedName([column])} IS NOT NULL) is there.`,
      name,
    );
  } else if (subtype === 'AT_AddConstraint' && def !== undefined && 'Constraint' in def) {
    checkNewConstraint(walk, name, def.Constraint);
  } else if (subtype === 'AT_SetIdentity' && restarts(def)) {
    // The next values may collide, which a unique index refuses and setval mends: told, like ALTER SEQUENCE.
    walk.findings.notice(
      'overwrites-rows',
      `Restarts the identity of column ${dottedName([column])} of ${name}: it may give out values that are in use already.`,
      name,
    );
  }
}

const serials: ReadonlySet<string> = new Set([
  'serial',
  'serial2',
  'serial4',
  'serial8',
  'smallserial',
  'bigserial',
]);

/**
 * What of a new column has every row written anew (manual, ALTER TABLE, Notes); null where nothing
 * does. A virtual generated column is computed when it is read.
 */
function rewritingPart(walk: SyntaxWalk, { typeName, constraints = [] }: ColumnDef): string | null {
  const type = (typeName?.names ?? []).flatMap(nameParts);
  const typeSchema = type.at(-2) ?? null;
  if (typeSchema === null && serials.has(type.at(-1) ?? '')) return 'a sequence';
  // A domain with constraints rewrites the table as well.
  if (typeSchema !== 'pg_catalog') walk.findings.addAddedType(typeSchema, type.at(-1) ?? '');
  for (const node of constraints) {
    if (!('Constraint' in node)) continue;
    const { contype, raw_expr: expression, generated_kind: kind } = node.Constraint;
    if (contype === 'CONSTR_IDENTITY') return 'an identity';
    if (contype === 'CONSTR_GENERATED' && kind !== 'v') return 'stored generated values';
    if (contype === 'CONSTR_DEFAULT' && isVolatile(walk, expression)) {
      return 'a default that may differ from row to row';
    }
  }
  return null;
}

/** Whether an expression may give another value for each row. */
function isVolatile({ script }: SyntaxWalk, expression: Node | undefined): boolean {
  let found = false;
  const calls = new SyntaxWalk(new Findings(), script, {
    FuncCall({ funcname = [] }) {
      found ||= isVolatileFunction(funcname.flatMap(nameParts));
    },
  });
  if (expression !== undefined) calls.visit(expression);
  return found;
}

function checkNewConstraint(walk: SyntaxWalk, name: string, constraint: Constraint): void {
  const { contype, indexname, initially_valid: isChecked, pktable } = constraint;
  const { findings } = walk;
  if (contype === 'CONSTR_EXCLUSION') {
    findings.notice(
      'blocks-others',
      `Nobody can read or write ${name} while the index of the new constraint is built.`,
      name,
    );
  } else if (contype === 'CONSTR_PRIMARY' || contype === 'CONSTR_UNIQUE') {
    if (indexname !== undefined) return;
    findings.notice(
      'blocks-others',
      `Nobody can read or write ${name} while the index of the new constraint is built; CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … USING INDEX, lets them.`,
      name,
    );
  } else if (isChecked === true) {
    const locked =
      contype === 'CONSTR_FOREIGN'
        ? `write to it or to ${relationName(pktable)}`
        : 'read or write it';
    findings.notice(
      'scans-table',
      `The new constraint is checked for all rows of ${name} while nobody else can ${locked}; NOT VALID, with VALIDATE CONSTRAINT later, lets them.`,
      name,
    );
  }
}

const restarts = (def: Node | undefined): boolean =>
  def !== undefined &&
  'List' in def &&
  (def.List.items ?? []).some((item) => 'DefElem' in item && item.DefElem.defname === 'restart');
