import { catalogOid } from './catalog-oid';
import { columnNames } from './column-names';

const action = (column: string): string => `CASE ${column}
    WHEN 'a' THEN 'no action'
    WHEN 'r' THEN 'restrict'
    WHEN 'c' THEN 'cascade'
    WHEN 'n' THEN 'set null'
    WHEN 'd' THEN 'set default'
  END`;

/** pg_constraint.conperiod, which servers before version 18 do not have. */
const hasPeriod = `COALESCE((pg_catalog.to_jsonb(con) ->> 'conperiod')::pg_catalog.bool, false)`;

const foreignKeyObject = `pg_catalog.json_build_object(
  'name', con.conname,
  'schema', referencing_schema.nspname,
  'table', referencing.relname,
  'columns', ${columnNames('con.conrelid', 'con.conkey')},
  'referencedSchema', referenced_schema.nspname,
  'referencedTable', referenced.relname,
  'referencedColumns', ${columnNames('con.confrelid', 'con.confkey')},
  'hasPeriod', ${hasPeriod},
  'onUpdate', ${action('con.confupdtype')},
  'onDelete', ${action('con.confdeltype')},
  'definition', pg_catalog.pg_get_constraintdef(con.oid, true)
)`;

const foreignKeyTables = `pg_catalog.pg_constraint con
    JOIN pg_catalog.pg_class referencing ON referencing.oid = con.conrelid
    JOIN pg_catalog.pg_namespace referencing_schema ON referencing_schema.oid = referencing.relnamespace
    JOIN pg_catalog.pg_class referenced ON referenced.oid = con.confrelid
    JOIN pg_catalog.pg_namespace referenced_schema ON referenced_schema.oid = referenced.relnamespace`;

/**
 * The foreign keys of relation `c` in order of name, as an array of JSON that fits foreignKeySchema.
 *
 * conkey and confkey pair by position, which keeps composite keys right in any column order, and a
 * constraint belongs to its relation, not to its name, which need not be unique in a schema.
 *
 * A key to a partitioned table has one more row in pg_constraint for each partition there, with the
 * same conrelid and the real constraint in conparentid: these are the server's own bookkeeping and
 * are left out. A partition's share of its parent's key, whose parent constraint is on another
 * relation, is a key of the partition.
 */
export const tableForeignKeys = `ARRAY(
  SELECT ${foreignKeyObject}
    FROM ${foreignKeyTables}
   WHERE con.contype = 'f' AND con.conrelid = c.oid
     AND NOT EXISTS (
       SELECT FROM pg_catalog.pg_constraint original
        WHERE original.oid = con.conparentid AND original.conrelid = con.conrelid)
   ORDER BY con.conname
)`;

/** The oids of relation `c` and of the partitioned tables above it. */
const selfAndAncestors = `pg_catalog.array_prepend(c.oid, ARRAY(
         SELECT ancestor.relid::pg_catalog.oid
           FROM pg_catalog.pg_partition_ancestors(c.oid) AS ancestor (relid)))`;

/**
 * The foreign keys that refer to relation `c`, in order of the referring relation, as an array of
 * JSON that fits foreignKeySchema. A key to a partitioned table holds for its partitions as well,
 * so it is found from them too; the copies of a key in the partitions of the referring table are
 * left out, as psql does.
 *
 * pg_constraint has no index on confrelid, and from PostgreSQL 18 a row for each NOT NULL column of
 * the database. Each key depends on the columns that it refers to, and pg_depend has an index.
 */
export const tableReferencedBy = `ARRAY(
  SELECT ${foreignKeyObject}
    FROM ${foreignKeyTables}
   WHERE con.contype = 'f' AND con.conparentid = '0'
     AND con.confrelid = ANY (${selfAndAncestors})
     AND con.oid = ANY (ARRAY(
       SELECT dependency.objid
         FROM pg_catalog.pg_depend dependency
        WHERE dependency.refclassid = ${catalogOid('pg_class')}
          AND dependency.refobjid = ANY (${selfAndAncestors})
          AND dependency.classid = ${catalogOid('pg_constraint')}))
   ORDER BY referencing_schema.nspname, referencing.relname, con.conname
)`;
