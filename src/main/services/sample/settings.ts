/**
 * The server's settings, in place of the defaults of postgresql.conf: reachable from this machine
 * only, modest in memory, and without the log volume that only replication needs.
 */
const serverSettings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '50',
  shared_buffers: '64MB',
  maintenance_work_mem: '64MB',
  // With the minimal level, rows loaded in the transaction that made their table bypass the WAL.
  wal_level: 'minimal',
  max_wal_senders: '0',
  min_wal_size: '32MB',
  max_wal_size: '256MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A failed statement may hold a password: the log gets the error, never the statement.
  log_min_error_statement: 'panic',
};

/**
 * Parameters of initdb. The builtin locale provider sorts and folds alike on every platform
 * (manual, "Locale Providers"). `--auth=reject` needs no password: until pg_hba.conf is written,
 * nobody can connect.
 */
export function initdbParameters(dataDirectory: string, superuser: string): string[] {
  return [
    `--pgdata=${dataDirectory}`,
    `--username=${superuser}`,
    '--auth=reject',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--text-search-config=english',
    '--no-sync',
    '--no-instructions',
    ...Object.entries(serverSettings).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
  ];
}

/** pg_hba.conf: every role needs its password, over loopback as over a socket. */
export const hostBasedAuthentication = [
  '# TYPE  DATABASE  USER  ADDRESS       METHOD',
  'local   all       all                 scram-sha-256',
  'host    all       all   127.0.0.1/32  scram-sha-256',
  '',
].join('\n');
