import { z } from 'zod';
import type { Queryable } from '../../../db/statements/queryable';
import { readObjects } from '../../introspection/read-rows';
import type { ObjectAddress } from './object-address';

const dependentGroupSchema = z.object({
  kind: z.string(),
  count: z.number(),
  names: z.array(z.string()),
  /** Of those that take room on disk. */
  oids: z.array(z.string()),
});
export type DependentObjects = z.infer<typeof dependentGroupSchema>;

const named = (catalog: string, columns: string, oid: string): string =>
  `SELECT pg_catalog.format('%I.%I', n.nspname, ${columns}) FROM pg_catalog.${catalog} o
     JOIN pg_catalog.pg_namespace n ON n.oid = ${oid}`;

/** "name of schema.table", for what belongs to a relation. */
const part = (name: string, relation: string): string => `
  SELECT pg_catalog.format('%I of %I.%I', ${name}, n.nspname, c.relname)
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE c.oid = ${relation}`;

/** A relation's kind as one word or two; null for what is never named by itself. */
const relationKindWord = `CASE c.relkind
    WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' WHEN 'f' THEN 'foreign table'
    WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence'
  END`;

/**
 * Follows pg_depend as DROP does (PostgreSQL source, catalog/dependency.c): what depends normally
 * ('n') is what CASCADE takes along and RESTRICT refuses for; what depends automatically ('a', and
 * 'P' and 'S' of partitions), internally ('i') or as a member of an extension ('e') goes with its owner
 * without a word. A view depends by
 * its rule, which is internal to it: from such an object the way leads up to its owner.
 */
const dependentsQuery = `
WITH RECURSIVE walk (classid, objid, objsubid, own) AS (
  SELECT start.catalog::pg_catalog.regclass::pg_catalog.oid, start.oid::pg_catalog.oid,
         start.part::pg_catalog.int4, true
    FROM ROWS FROM (
      pg_catalog.unnest($1::pg_catalog.text[]),
      pg_catalog.unnest($2::pg_catalog.text[]),
      pg_catalog.unnest($3::pg_catalog.text[])) AS start (catalog, oid, part)
  UNION
  SELECT next.* FROM walk CROSS JOIN LATERAL (
    SELECT d.classid, d.objid, d.objsubid, walk.own AND d.deptype <> 'n'
      FROM pg_catalog.pg_depend d
     WHERE d.refclassid = walk.classid AND d.refobjid = walk.objid
       AND (walk.objsubid = 0 OR d.refobjsubid = walk.objsubid)
       AND d.deptype IN ('n', 'a', 'i', 'e', 'P', 'S')
    UNION ALL
    SELECT d.refclassid, d.refobjid, d.refobjsubid, false
      FROM pg_catalog.pg_depend d
     WHERE NOT walk.own AND d.classid = walk.classid AND d.objid = walk.objid AND d.deptype = 'i'
  ) next
), dropped AS (
  SELECT classid, objid, objsubid FROM walk GROUP BY 1, 2, 3 HAVING NOT pg_catalog.bool_or(own)
), gone (oid) AS (
  SELECT objid FROM walk WHERE classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND objsubid = 0
), described (kind, name, oid) AS (
  SELECT ${relationKindWord}, pg_catalog.format('%I.%I', n.nspname, c.relname),
         CASE WHEN c.relkind IN ('r', 'm') THEN c.oid END
    FROM dropped JOIN pg_catalog.pg_class c ON c.oid = dropped.objid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE dropped.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND dropped.objsubid = 0
     AND NOT (c.relkind = 'S' AND EXISTS (
       SELECT FROM pg_catalog.pg_depend owner
        WHERE owner.classid = dropped.classid AND owner.objid = c.oid
          AND owner.refclassid = dropped.classid AND owner.deptype IN ('a', 'i')))
  UNION ALL
  SELECT 'index', pg_catalog.format('%I.%I', n.nspname, c.relname), NULL
    FROM dropped JOIN pg_catalog.pg_class c ON c.oid = dropped.objid AND c.relkind IN ('i', 'I')
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
   WHERE dropped.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
     AND i.indrelid NOT IN (SELECT oid FROM gone) AND NOT c.relispartition
     AND NOT EXISTS (
       SELECT FROM pg_catalog.pg_depend owner
        WHERE owner.classid = dropped.classid AND owner.objid = c.oid AND owner.deptype = 'i')
  UNION ALL
  SELECT 'extension', pg_catalog.quote_ident(e.extname), NULL
    FROM dropped JOIN pg_catalog.pg_extension e ON e.oid = dropped.objid
   WHERE dropped.classid = 'pg_catalog.pg_extension'::pg_catalog.regclass
  UNION ALL
  SELECT 'server', pg_catalog.quote_ident(s.srvname), NULL
    FROM dropped JOIN pg_catalog.pg_foreign_server s ON s.oid = dropped.objid
   WHERE dropped.classid = 'pg_catalog.pg_foreign_server'::pg_catalog.regclass
  UNION ALL
  SELECT 'column', (${part('a.attname', 'a.attrelid')}), NULL
    FROM dropped JOIN pg_catalog.pg_attribute a
      ON a.attrelid = dropped.objid AND a.attnum = dropped.objsubid
   WHERE dropped.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND dropped.objsubid > 0
     AND a.attrelid NOT IN (SELECT oid FROM gone)
  UNION ALL
  SELECT CASE con.contype WHEN 'f' THEN 'foreign key' ELSE 'constraint' END,
         (${part('con.conname', 'con.conrelid')}), NULL
    FROM dropped JOIN pg_catalog.pg_constraint con ON con.oid = dropped.objid
   WHERE dropped.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
     AND con.conparentid = '0' AND con.conrelid NOT IN (SELECT oid FROM gone)
     AND con.conrelid <> '0'
  UNION ALL
  SELECT 'default', (${part('a.attname', 'def.adrelid')}), NULL
    FROM dropped JOIN pg_catalog.pg_attrdef def ON def.oid = dropped.objid
    JOIN pg_catalog.pg_attribute a ON a.attrelid = def.adrelid AND a.attnum = def.adnum
   WHERE dropped.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
     AND def.adrelid NOT IN (SELECT oid FROM gone)
  UNION ALL
  SELECT 'trigger', (${part('t.tgname', 't.tgrelid')}), NULL
    FROM dropped JOIN pg_catalog.pg_trigger t ON t.oid = dropped.objid
   WHERE dropped.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND NOT t.tgisinternal
     AND t.tgrelid NOT IN (SELECT oid FROM gone)
  UNION ALL
  SELECT 'policy', (${part('p.polname', 'p.polrelid')}), NULL
    FROM dropped JOIN pg_catalog.pg_policy p ON p.oid = dropped.objid
   WHERE dropped.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass
     AND p.polrelid NOT IN (SELECT oid FROM gone)
  UNION ALL
  SELECT 'function', (${named('pg_proc', 'o.proname', 'o.pronamespace')} WHERE o.oid = dropped.objid), NULL
    FROM dropped WHERE dropped.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
  UNION ALL
  SELECT 'type', pg_catalog.format_type(t.oid, NULL), NULL
    FROM dropped JOIN pg_catalog.pg_type t ON t.oid = dropped.objid
   WHERE dropped.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND t.typcategory <> 'A'
     AND t.typtype IN ('b', 'c', 'd', 'e', 'r')
     AND (t.typrelid = '0' OR EXISTS (
       SELECT FROM pg_catalog.pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))
), listed AS (
  SELECT *, pg_catalog.row_number() OVER (PARTITION BY kind ORDER BY name) AS position
    FROM described WHERE kind IS NOT NULL
)
SELECT pg_catalog.json_build_object(
  'kind', kind,
  'count', pg_catalog.count(*),
  'names', pg_catalog.array_agg(name ORDER BY name) FILTER (WHERE position <= 3),
  'oids', pg_catalog.array_remove(pg_catalog.array_agg(oid::pg_catalog.text), NULL)
) AS object
  FROM listed
 GROUP BY kind
 ORDER BY pg_catalog.count(*) DESC, kind`;

/** What depends on these objects, without what is a part of them. Raises DatabaseError. */
export function readDependents(
  db: Queryable,
  objects: readonly ObjectAddress[],
): Promise<DependentObjects[]> {
  return readObjects(db, dependentGroupSchema, dependentsQuery, [
    objects.map(({ catalog }) => `pg_catalog.${catalog}`),
    objects.map(({ oid }) => oid),
    objects.map(({ column }) => column),
  ]);
}
