import { z } from 'zod';
import type { Queryable } from '../../../db/statements/queryable';
import { readObjects } from '../../introspection/read-rows';
import type { RelationReference } from './subjects';

const relationFactsSchema = z.object({
  oid: z.string(),
  schema: z.string(),
  relation: z.string(),
  name: z.string(),
  relkind: z.string(),
  members: z.array(z.string()),
  partitions: z.number(),
  estimatedRows: z.number().nullable(),
  referring: z.array(
    z.object({
      name: z.string(),
      onDelete: z.enum(['a', 'r', 'c', 'n', 'd']),
      isDirect: z.boolean(),
    }),
  ),
  truncatedToo: z.array(z.object({ oid: z.string(), name: z.string() })),
  triggers: z.array(z.object({ name: z.string(), events: z.number() })),
});
/** What the catalog knows of a relation that a statement acts on. */
export type RelationFacts = z.infer<typeof relationFactsSchema>;

/** pg_trigger.tgtype has a bit for each event (PostgreSQL source, catalog/pg_trigger.h). */
export const triggerEvents = { insert: 4, delete: 8, update: 16, truncate: 32 } as const;

/** As SQL would write the name of the relation with this oid. */
const nameOf = (oid: string): string => `(
  SELECT pg_catalog.format('%I.%I', named_schema.nspname, named.relname)
    FROM pg_catalog.pg_class named
    JOIN pg_catalog.pg_namespace named_schema ON named_schema.oid = named.relnamespace
   WHERE named.oid = ${oid})`;

/**
 * A name without a schema is found as the server finds it: temporary tables first, then along the
 * search_path (manual, 5.10.3). "pg_temp" stands for whichever schema the session's own is.
 *
 * A foreign key to a partitioned table holds for its partitions, and what refers to a partition holds
 * its parent back: the whole family counts. Of its members only row triggers fire.
 */
const relationFactsQuery = `
WITH RECURSIVE wanted (schema, name, only_itself, position) AS (
  SELECT * FROM ROWS FROM (
    pg_catalog.unnest($1::pg_catalog.text[]),
    pg_catalog.unnest($2::pg_catalog.text[]),
    pg_catalog.unnest($3::pg_catalog.text[])) WITH ORDINALITY
), found AS (
  SELECT wanted.position, wanted.only_itself = 'true' AS only_itself, match.*
    FROM wanted
   CROSS JOIN LATERAL (
     SELECT c.oid, n.nspname, c.relname, c.relkind
       FROM pg_catalog.pg_class c
       JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relname = wanted.name
        AND CASE wanted.schema
              WHEN '' THEN n.nspname = ANY (pg_catalog.current_schemas(true))
              WHEN 'pg_temp' THEN n.oid = pg_catalog.pg_my_temp_schema()
              ELSE n.nspname = wanted.schema
            END
      ORDER BY pg_catalog.array_position(pg_catalog.current_schemas(true), n.nspname)
      LIMIT 1) match
), members (root, oid) AS (
  SELECT oid, oid FROM found
  UNION
  SELECT members.root, inherits.inhrelid
    FROM members
    JOIN pg_catalog.pg_inherits inherits ON inherits.inhparent = members.oid
    JOIN found ON found.oid = members.root AND NOT found.only_itself
), ancestors (root, oid) AS (
  SELECT oid, oid FROM found
  UNION
  SELECT ancestors.root, inherits.inhparent
    FROM ancestors
    JOIN pg_catalog.pg_class c ON c.oid = ancestors.oid AND c.relispartition
    JOIN pg_catalog.pg_inherits inherits ON inherits.inhrelid = c.oid
), family (root, oid) AS (
  SELECT * FROM members UNION SELECT * FROM ancestors
), referring (root, oid, action, is_direct) AS (
  SELECT family.root, key.conrelid, key.confdeltype, true
    FROM family
    JOIN pg_catalog.pg_constraint key ON key.confrelid = family.oid
   WHERE key.contype = 'f' AND key.conparentid = '0'
  UNION
  SELECT referring.root, key.conrelid, key.confdeltype, false
    FROM referring
    JOIN pg_catalog.pg_constraint key ON key.confrelid = referring.oid
   WHERE referring.action = 'c' AND key.contype = 'f' AND key.conparentid = '0'
), truncated (root, oid) AS (
  SELECT * FROM family
  UNION
  SELECT truncated.root, key.conrelid
    FROM truncated
    JOIN pg_catalog.pg_constraint key ON key.confrelid = truncated.oid
   WHERE key.contype = 'f' AND key.conparentid = '0'
)
SELECT pg_catalog.json_build_object(
  'oid', found.oid::pg_catalog.text,
  'schema', found.nspname,
  'relation', found.relname,
  'name', pg_catalog.format('%I.%I', found.nspname, found.relname),
  'relkind', found.relkind,
  'members', ARRAY(SELECT oid::pg_catalog.text FROM members WHERE root = found.oid),
  'partitions', (
    SELECT pg_catalog.count(*) FROM members JOIN pg_catalog.pg_class c USING (oid)
     WHERE members.root = found.oid AND c.relispartition AND c.oid <> found.oid AND c.relkind <> 'p'),
  'estimatedRows', (
    SELECT CASE WHEN pg_catalog.bool_and(c.reltuples >= 0) THEN pg_catalog.sum(c.reltuples::pg_catalog.float8) END
      FROM members JOIN pg_catalog.pg_class c USING (oid)
     WHERE members.root = found.oid AND c.relkind IN ('r', 'm', 'f')),
  'referring', ARRAY(
    SELECT pg_catalog.json_build_object(
             'name', ${nameOf('referring.oid')}, 'onDelete', referring.action,
             'isDirect', referring.is_direct)
      FROM referring
     WHERE referring.root = found.oid AND referring.oid <> found.oid
     ORDER BY referring.is_direct DESC, referring.oid),
  'truncatedToo', ARRAY(
    SELECT pg_catalog.json_build_object('oid', truncated.oid::pg_catalog.text, 'name', ${nameOf('truncated.oid')})
      FROM truncated
     WHERE truncated.root = found.oid AND truncated.oid NOT IN (SELECT oid FROM family)
     ORDER BY truncated.oid),
  'triggers', ARRAY(
    SELECT pg_catalog.json_build_object('name', pg_catalog.quote_ident(t.tgname), 'events', t.tgtype & 60)
      FROM members JOIN pg_catalog.pg_trigger t ON t.tgrelid = members.oid
     WHERE members.root = found.oid AND NOT t.tgisinternal AND t.tgenabled <> 'D'
       AND t.tgparentid = '0' AND (members.oid = found.oid OR t.tgtype & 1 = 1)
     ORDER BY t.tgname)
) AS object
  FROM found
 ORDER BY found.position`;

/** The relations of these names that there are, in order. Raises DatabaseError. */
export function readRelationFacts(
  db: Queryable,
  references: readonly RelationReference[],
): Promise<RelationFacts[]> {
  return readObjects(db, relationFactsSchema, relationFactsQuery, [
    references.map(({ schema }) => schema ?? ''),
    references.map(({ name }) => name),
    references.map(({ only }) => String(only)),
  ]);
}

/**
 * What relations take on disk with their indexes and TOAST tables, in bytes. Waits for whoever holds
 * an ACCESS EXCLUSIVE lock on one of them, so the session needs a lock_timeout. Raises DatabaseError.
 */
export async function readTotalSize(db: Queryable, oids: readonly string[]): Promise<number> {
  const [row] = await db.query(
    `SELECT pg_catalog.sum(pg_catalog.pg_total_relation_size(oid::pg_catalog.oid)) AS bytes
       FROM pg_catalog.unnest($1::pg_catalog.text[]) AS relation (oid)`,
    [oids],
  );
  return Number(row?.['bytes'] ?? 0);
}

/** What a database takes on disk, in bytes. Raises DatabaseError. */
export async function readDatabaseSize(db: Queryable, oid: string): Promise<number> {
  const [row] = await db.query('SELECT pg_catalog.pg_database_size($1::pg_catalog.oid) AS bytes', [
    oid,
  ]);
  return Number(row?.['bytes'] ?? 0);
}
