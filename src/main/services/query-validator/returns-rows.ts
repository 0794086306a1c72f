import type { Node } from 'libpg-query';

/** Whether a statement may answer with rows, where its tag alone does not tell. */
export function mayReturnRows(node: Node): boolean {
  if ('SelectStmt' in node) {
    // SELECT … UNION … INTO keeps the INTO in its first branch.
    let select = node.SelectStmt;
    while (select.larg !== undefined) select = select.larg;
    return select.intoClause === undefined;
  }
  if ('InsertStmt' in node) return node.InsertStmt.returningClause !== undefined;
  if ('UpdateStmt' in node) return node.UpdateStmt.returningClause !== undefined;
  if ('DeleteStmt' in node) return node.DeleteStmt.returningClause !== undefined;
  if ('MergeStmt' in node) return node.MergeStmt.returningClause !== undefined;
  if ('FetchStmt' in node) return node.FetchStmt.ismove !== true;
  return false;
}
