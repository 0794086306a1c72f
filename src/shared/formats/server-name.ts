/**
 * A server as a person names it: `server_version` begins with a number on PostgreSQL and on what was
 * made from it ("16.3 (Citus 12)", "15.4-YB-2.25"); another make may say its own name there.
 */
export function serverName(version: string): string {
  if (version === '') return 'A server of unknown version';
  return /^\d/.test(version) ? `PostgreSQL ${version}` : version;
}
