import type { ServerErrorFields } from './server-error';

/**
 * What PgBouncer refuses a client with, by how its message begins (its source, client.c; it translates
 * none), and the SQLSTATE that PostgreSQL has for the same. Its own is 08P01 for all of them.
 */
const refusals: readonly (readonly [prefix: string, sqlState: string])[] = [
  ['password authentication failed', '28P01'],
  ['SASL authentication failed', '28P01'],
  ['no such user', '28P01'],
  ['no such database', '3D000'],
  ['no more connections allowed', '53300'],
];

/** The SQLSTATE that says what a refusal of the login means, also where a pooler refused it. */
export function meaningOf({ code, message }: Pick<ServerErrorFields, 'code' | 'message'>): string {
  if (code !== '08P01') return code;
  return refusals.find(([prefix]) => message.startsWith(prefix))?.[1] ?? code;
}
