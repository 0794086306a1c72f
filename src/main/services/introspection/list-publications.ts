import { publicationSchema, type Publication } from '@shared/models/replication';
import type { Queryable } from '../../db/statements/queryable';
import { joinComment } from './comment';
import { readObjects } from './read-rows';
import { readServerVersion } from './server-version';

/** pg_publication.pubgencols, which servers before version 18 do not have. */
const publishesGenerated = `COALESCE(pg_catalog.to_jsonb(p) ->> 'pubgencols' = 's', false)`;

/** Column lists, row filters and FOR TABLES IN SCHEMA came with PostgreSQL 15. */
function publicationsQuery(hasFilters: boolean): string {
  const columns = hasFilters
    ? `ARRAY(
        SELECT a.attname
          FROM pg_catalog.unnest(pr.prattrs::pg_catalog.int2[]) WITH ORDINALITY AS published (number, position)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = pr.prrelid AND a.attnum = published.number
         ORDER BY published.position)`
    : `ARRAY[]::pg_catalog.text[]`;
  const filter = hasFilters ? 'pg_catalog.pg_get_expr(pr.prqual, pr.prrelid)' : 'NULL';
  const schemas = hasFilters
    ? `ARRAY(
        SELECT n.nspname
          FROM pg_catalog.pg_publication_namespace pn
          JOIN pg_catalog.pg_namespace n ON n.oid = pn.pnnspid
         WHERE pn.pnpubid = p.oid
         ORDER BY n.nspname)`
    : `ARRAY[]::pg_catalog.text[]`;
  return `
  SELECT pg_catalog.json_build_object(
           'name', p.pubname,
           'owner', pg_catalog.pg_get_userbyid(p.pubowner),
           'publishes', pg_catalog.array_remove(ARRAY[
             CASE WHEN p.pubinsert THEN 'insert' END,
             CASE WHEN p.pubupdate THEN 'update' END,
             CASE WHEN p.pubdelete THEN 'delete' END,
             CASE WHEN p.pubtruncate THEN 'truncate' END
           ], NULL),
           'viaRoot', p.pubviaroot,
           'publishesGenerated', ${publishesGenerated},
           'allTables', p.puballtables,
           'schemas', ${schemas},
           'tables', ARRAY(
             SELECT pg_catalog.json_build_object(
                      'schema', n.nspname, 'name', c.relname, 'columns', ${columns}, 'filter', ${filter})
               FROM pg_catalog.pg_publication_rel pr
               JOIN pg_catalog.pg_class c ON c.oid = pr.prrelid
               JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              WHERE pr.prpubid = p.oid
              ORDER BY n.nspname, c.relname),
           'comment', comment.description
         )::pg_catalog.text AS object
    FROM pg_catalog.pg_publication p
    ${joinComment('comment', 'pg_publication', 'p.oid')}
   ORDER BY p.pubname`;
}

/** The publications of the connected database, in order of name. Two round trips. */
export async function listPublications(db: Queryable): Promise<Publication[]> {
  const hasFilters = (await readServerVersion(db)) >= 150_000;
  return readObjects(db, publicationSchema, publicationsQuery(hasFilters));
}
