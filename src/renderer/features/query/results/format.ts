/** A count with its noun: "1 row", "1,234 rows". */
export function formatCount(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : `${noun}s`}`;
}

/** The classes of SQLSTATE by their first two characters (PostgreSQL manual, appendix A). */
const sqlStateClasses: Readonly<Record<string, string>> = {
  '00': 'Successful completion',
  '01': 'Warning',
  '02': 'No data',
  '03': 'SQL statement not yet complete',
  '08': 'Connection exception',
  '09': 'Triggered action exception',
  '0A': 'Feature not supported',
  '0B': 'Invalid transaction initiation',
  '0F': 'Locator exception',
  '0L': 'Invalid grantor',
  '0P': 'Invalid role specification',
  '0Z': 'Diagnostics exception',
  '20': 'Case not found',
  '21': 'Cardinality violation',
  '22': 'Data exception',
  '23': 'Integrity constraint violation',
  '24': 'Invalid cursor state',
  '25': 'Invalid transaction state',
  '26': 'Invalid SQL statement name',
  '27': 'Triggered data change violation',
  '28': 'Invalid authorization specification',
  '2B': 'Dependent privilege descriptors still exist',
  '2D': 'Invalid transaction termination',
  '2F': 'SQL routine exception',
  '34': 'Invalid cursor name',
  '38': 'External routine exception',
  '39': 'External routine invocation exception',
  '3B': 'Savepoint exception',
  '3D': 'Invalid catalog name',
  '3F': 'Invalid schema name',
  '40': 'Transaction rollback',
  '42': 'Syntax error or access rule violation',
  '44': 'WITH CHECK OPTION violation',
  '53': 'Insufficient resources',
  '54': 'Program limit exceeded',
  '55': 'Object not in prerequisite state',
  '57': 'Operator intervention',
  '58': 'System error',
  '72': 'Snapshot failure',
  F0: 'Configuration file error',
  HV: 'Foreign data wrapper error',
  P0: 'PL/pgSQL error',
  XX: 'Internal error',
};

/** What the class of an SQLSTATE means; null for a class that the manual does not list. */
export function sqlStateClass(sqlState: string): string | null {
  return sqlStateClasses[sqlState.slice(0, 2)] ?? null;
}
