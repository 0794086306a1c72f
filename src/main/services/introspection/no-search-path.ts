/**
 * A part of a WITH clause for a statement that reads `FROM no_path`: what the server prints leaves out
 * the schemas of the search path, and would name other objects where that is another one. For the
 * statement there is none, as for pg_dump; whatever is computed from a joined row is computed after it
 * (see lock-limit.ts).
 */
export const noSearchPath = `no_path AS MATERIALIZED (
    SELECT pg_catalog.set_config('search_path', '', true)
  )`;
