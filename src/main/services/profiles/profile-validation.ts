import { isAbsolute } from 'node:path';
import {
  longestSettingMs,
  profileDraftSchema,
  type ProfileDraft,
} from '@shared/models/connection-profile';
import { DatabaseError } from '../../db/errors/database-error';
import { checkSearchPath } from './search-path';
import { splitStartupSql } from './startup-sql';

/** NAMEDATALEN - 1: the server cuts longer names without a word (PostgreSQL manual, 4.1.1). */
const maxNameBytes = 63;

const fileFields = ['sslRootCertificate', 'sslClientCertificate', 'sslClientKey'] as const;

/**
 * Checks what the schema cannot say and returns the draft with its defaults filled in.
 * Raises InvalidInput for the first thing that cannot be used, with the form field's name.
 */
export function validateDraft(input: unknown): ProfileDraft {
  const parsed = profileDraftSchema.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw invalid(issue?.path.join('.') ?? 'name', issue?.message ?? 'The value cannot be used.');
  }
  const draft = withoutBrackets(parsed.data);
  checkHost(draft.host, 'host');
  for (const { host } of draft.otherHosts ?? []) checkHost(host, 'otherHosts');
  checkName('database', draft.database);
  checkName('user', draft.user);
  checkFiles(draft);
  if (draft.statementTimeoutMs > longestSettingMs) {
    throw invalid(
      'statementTimeoutMs',
      'The server takes at most 2147483 seconds, which is 24 days.',
      'Enter less, or leave it empty for no limit.',
    );
  }
  if (draft.searchPath !== undefined) checkSearchPath(draft.searchPath);
  if (draft.startupSql !== undefined) splitStartupSql(draft.startupSql);
  const { minConnections, maxConnections } = draft.pool;
  if (
    minConnections !== undefined &&
    maxConnections !== undefined &&
    minConnections > maxConnections
  ) {
    throw invalid(
      'pool.minConnections',
      'The smallest number of connections is larger than the largest.',
      `Enter ${maxConnections} or less.`,
    );
  }
  return draft;
}

function checkHost(host: string, field: 'host' | 'otherHosts'): void {
  if (host.startsWith('/')) {
    checkSocketFolder(host, field);
    return;
  }
  if (/:\/\/|@/.test(host)) {
    throw invalid(
      field,
      'The host holds a whole connection URL.',
      'Paste the URL into the field for URLs, or enter the host name alone.',
    );
  }
  if (host.includes(',')) {
    throw invalid(
      field,
      'A field holds one host.',
      'Add a host for each of the others, or paste the whole list as a connection.',
    );
  }
  // An IPv6 address has more than one colon.
  const [, port] = /^(?:[^:]*|\[.*\]):(\d*)$/.exec(host) ?? [];
  if (port !== undefined) {
    throw invalid(field, 'The host holds a port.', 'Enter the port in its own field.');
  }
  if (/\s/.test(host) || host.includes('\0')) {
    throw invalid(field, 'A host name contains no spaces.', 'Remove the spaces.');
  }
}

/** libpq names a socket by its folder and the port (PostgreSQL manual, "host"). */
function checkSocketFolder(path: string, field: 'host' | 'otherHosts'): void {
  const folder = /^(.*)\/\.s\.PGSQL\.\d+\/?$/.exec(path)?.[1];
  if (folder === undefined) return;
  throw invalid(
    field,
    'The host is a socket.',
    `Enter its folder: ${folder === '' ? '/' : folder}.`,
  );
}

/** An IPv6 address as it is known everywhere but in URLs. */
function withoutBrackets(draft: ProfileDraft): ProfileDraft {
  const bare = (host: string): string => /^\[([\w:.%]+)\]$/.exec(host)?.[1] ?? host;
  return {
    ...draft,
    host: bare(draft.host),
    ...(draft.otherHosts !== undefined && {
      otherHosts: draft.otherHosts.map(({ host, port }) => ({ host: bare(host), port })),
    }),
  };
}

function checkName(field: 'database' | 'user', name: string): void {
  const bytes = Buffer.byteLength(name, 'utf8');
  if (bytes > maxNameBytes) {
    throw invalid(
      field,
      `The name of a ${field} has at most ${maxNameBytes} bytes; this one has ${bytes}.`,
      'Check the name: PostgreSQL itself cuts longer ones.',
    );
  }
  if (name.includes('\0')) {
    throw invalid(field, `The name of a ${field} contains no zero character.`, 'Type it anew.');
  }
}

function checkFiles(draft: ProfileDraft): void {
  for (const field of fileFields) {
    const path = draft[field];
    if (path !== undefined && path !== '' && !isAbsolute(path)) {
      throw invalid(field, 'The path of a file must be absolute.', 'Choose the file again.');
    }
  }
  if (draft.sslClientCertificate && !draft.sslClientKey) {
    throw invalid(
      'sslClientKey',
      'A client certificate needs its private key.',
      'Choose the key file too.',
    );
  }
  if (draft.sslClientKey && !draft.sslClientCertificate) {
    throw invalid(
      'sslClientCertificate',
      'A client key needs its certificate.',
      'Choose the certificate file too.',
    );
  }
}

function invalid(field: string, message: string, advice?: string): DatabaseError {
  return new DatabaseError({
    kind: 'InvalidInput',
    field,
    message,
    ...(advice !== undefined && { advice }),
  });
}
