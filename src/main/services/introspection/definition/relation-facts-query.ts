import { catalogOid } from '../catalog-oid';
import { columnNames } from '../column-names';
import { joinComment } from '../comment';
import { defaultLockTimeoutMs, withLockLimit } from '../lock-limit';
import { noSearchPath } from '../no-search-path';
import { namedRelation, relationJoins, relationKind } from '../relation';
import { tableInheritsFrom } from '../table-inheritance';
import { tablePolicies } from '../table-policies';
import { tableRules } from '../table-rules';
import { tableTriggerDetails } from '../table-triggers';

/** Options that the catalog keeps as an array of name=value, as pairs. */
const options = (column: string, prefix: string = ''): string => `ARRAY(
    SELECT pg_catalog.json_build_array('${prefix}' OPERATOR(pg_catalog.||) option.option_name, option.option_value)
      FROM pg_catalog.pg_options_to_table(${column}) option)`;

/** What an access list holds, role by role; nothing for NULL. */
const grants = (acl: string): string => `ARRAY(
    SELECT pg_catalog.json_build_object(
             'grantee', CASE WHEN held.grantee <> '0'
               THEN pg_catalog.pg_get_userbyid(held.grantee) END,
             'isOwner', held.grantee = c.relowner,
             'privileges', pg_catalog.array_agg(held.privilege_type ORDER BY held.privilege_type),
             'isGrantable', held.is_grantable)
      FROM pg_catalog.aclexplode(${acl}) held
     GROUP BY held.grantee, held.is_grantable
     ORDER BY held.grantee, held.is_grantable)`;

/** A relation is given for the expression of a generated column alone (see table-columns.ts). */
const defaultOf = (column: string, value: string): string =>
  `pg_catalog.pg_get_expr(${value}.adbin, CASE WHEN ${column}.attgenerated = '' THEN '0' ELSE ${value}.adrelid END)`;

const columns = `ARRAY(
  SELECT pg_catalog.json_build_object(
           'name', a.attname,
           'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
           'collation', CASE WHEN a.attcollation <> '0' AND a.attcollation <> t.typcollation
             THEN a.attcollation::pg_catalog.regcollation::pg_catalog.text END,
           'isNotNull', a.attnotnull,
           'default', ${defaultOf('a', 'd')},
           'identity', CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END,
           'generated', CASE a.attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END,
           'isLocal', a.attislocal,
           'inherited', (
             SELECT pg_catalog.json_build_object(
                      'default', ${defaultOf('base', 'base_default')}, 'isNotNull', base.attnotnull)
               FROM pg_catalog.pg_inherits i
               JOIN pg_catalog.pg_attribute base
                 ON base.attrelid = i.inhparent AND base.attname = a.attname
               LEFT JOIN pg_catalog.pg_attrdef base_default
                 ON base_default.adrelid = base.attrelid AND base_default.adnum = base.attnum
              WHERE i.inhrelid = c.oid
              ORDER BY i.inhseqno
              LIMIT 1),
           'storage', CASE WHEN a.attstorage <> t.typstorage THEN CASE a.attstorage
             WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' WHEN 'x' THEN 'EXTENDED'
           END END,
           'compression', CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END,
           'statistics', CASE WHEN a.attstattarget >= '0' THEN a.attstattarget END,
           'options', ${options('a.attoptions')},
           'foreignOptions', ${options('a.attfdwoptions')},
           'comment', column_comment.description,
           'grants', ${grants('a.attacl')})
    FROM pg_catalog.pg_attribute a
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    ${joinComment('column_comment', 'pg_class', 'a.attrelid', 'a.attnum')}
   WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
   ORDER BY a.attnum)`;

/** The sequences that are dropped with the relation: internal to identity columns, automatic to serial ones. */
const sequences = `ARRAY(
  SELECT pg_catalog.json_build_object(
           'schema', owned_schema.nspname,
           'name', owned.relname,
           'column', owner.attname,
           'isIdentity', dependency.deptype = 'i',
           'type', pg_catalog.format_type(s.seqtypid, NULL),
           'start', s.seqstart::pg_catalog.text,
           'minimum', s.seqmin::pg_catalog.text,
           'maximum', s.seqmax::pg_catalog.text,
           'increment', s.seqincrement::pg_catalog.text,
           'cache', s.seqcache::pg_catalog.text,
           'cycles', s.seqcycle)
    FROM pg_catalog.pg_depend dependency
    JOIN pg_catalog.pg_sequence s ON s.seqrelid = dependency.objid
    JOIN pg_catalog.pg_class owned ON owned.oid = s.seqrelid
    JOIN pg_catalog.pg_namespace owned_schema ON owned_schema.oid = owned.relnamespace
    JOIN pg_catalog.pg_attribute owner
      ON owner.attrelid = dependency.refobjid AND owner.attnum = dependency.refobjsubid
   WHERE dependency.refclassid = ${catalogOid('pg_class')}
     AND dependency.refobjid = c.oid
     AND dependency.classid = ${catalogOid('pg_class')}
     AND dependency.deptype IN ('a', 'i')
   ORDER BY owner.attnum, owned.relname)`;

/** Without the server's own copies of a foreign key (see table-foreign-keys.ts). */
const constraints = `ARRAY(
  SELECT pg_catalog.json_build_object(
           'name', con.conname,
           'isNotNull', con.contype = 'n',
           'columns', ${columnNames('con.conrelid', 'con.conkey')},
           'definition', pg_catalog.pg_get_constraintdef(con.oid, true),
           'isLocal', con.conislocal,
           'comment', comment.description)
    FROM pg_catalog.pg_constraint con
    ${joinComment('comment', 'pg_constraint', 'con.oid')}
   WHERE con.conrelid = c.oid AND con.contype IN ('p', 'u', 'x', 'c', 'f', 'n')
     AND NOT EXISTS (
       SELECT FROM pg_catalog.pg_constraint original
        WHERE original.oid = con.conparentid AND original.conrelid = con.conrelid)
   ORDER BY CASE con.contype
              WHEN 'n' THEN 1 WHEN 'p' THEN 2 WHEN 'u' THEN 3 WHEN 'x' THEN 4 WHEN 'c' THEN 5 ELSE 6
            END, con.conname)`;

const indexes = `ARRAY(
  SELECT pg_catalog.json_build_object(
           'name', ic.relname,
           'definition', pg_catalog.pg_get_indexdef(i.indexrelid),
           'isMadeByOther', ic.relispartition OR backed.has_constraint,
           'isOfConstraint', backed.has_constraint,
           'options', ${options('ic.reloptions')},
           'tablespace', place.spcname,
           'isClustered', i.indisclustered,
           'isReplicaIdentity', i.indisreplident,
           'comment', comment.description)
    FROM pg_catalog.pg_index i
    JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
   CROSS JOIN LATERAL (
      SELECT EXISTS (
        SELECT FROM pg_catalog.pg_constraint con
         WHERE con.conindid = i.indexrelid AND con.conrelid = i.indrelid
           AND con.contype IN ('p', 'u', 'x')) AS has_constraint) backed
    LEFT JOIN pg_catalog.pg_tablespace place ON place.oid = ic.reltablespace
    ${joinComment('comment', 'pg_class', 'ic.oid')}
   WHERE i.indrelid = c.oid
   ORDER BY ic.relname)`;

const statistics = `ARRAY(
  SELECT pg_catalog.json_build_object(
           'schema', statistics_schema.nspname,
           'name', s.stxname,
           'definition', pg_catalog.pg_get_statisticsobjdef(s.oid),
           'comment', comment.description)
    FROM pg_catalog.pg_statistic_ext s
    JOIN pg_catalog.pg_namespace statistics_schema ON statistics_schema.oid = s.stxnamespace
    ${joinComment('comment', 'pg_statistic_ext', 's.oid')}
   WHERE s.stxrelid = c.oid
   ORDER BY s.stxname)`;

/**
 * What a relation is made of, as one JSON object that fits relationFactsSchema. A table without
 * a method of its own has that of default_table_access_method.
 */
export const relationFactsQuery = `
  ${withLockLimit(`'${defaultLockTimeoutMs}'`)}, ${noSearchPath}
  SELECT pg_catalog.json_build_object(
           'schema', n.nspname,
           'name', c.relname,
           'kind', ${relationKind('c.relkind')},
           'persistence', CASE c.relpersistence
             WHEN 'u' THEN 'unlogged' WHEN 't' THEN 'temporary' ELSE 'permanent' END,
           'owner', pg_catalog.pg_get_userbyid(c.relowner),
           'comment', comment.description,
           'options', ${options('c.reloptions')} OPERATOR(pg_catalog.||) ${options('toast.reloptions', 'toast.')},
           'tablespace', place.spcname,
           'accessMethod', CASE
             WHEN method.amname <> pg_catalog.current_setting('default_table_access_method')
             THEN method.amname END,
           'partitionKey', CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END,
           'partitionOf', CASE WHEN parent.relname IS NOT NULL THEN pg_catalog.json_build_object(
             'schema', parent_schema.nspname, 'name', parent.relname) END,
           'bound', pg_catalog.pg_get_expr(c.relpartbound, c.oid),
           'inheritsFrom', ${tableInheritsFrom},
           'ofType', CASE WHEN c.reloftype <> '0' THEN pg_catalog.format_type(c.reloftype, NULL) END,
           'viewDefinition', CASE WHEN c.relkind IN ('v', 'm')
             THEN pg_catalog.pg_get_viewdef(c.oid, true) END,
           'isPopulated', c.relispopulated,
           'server', server.srvname,
           'serverOptions', ${options('far.ftoptions')},
           'replicaIdentity', CASE
             WHEN c.relkind NOT IN ('r', 'p', 'm') THEN 'default'
             WHEN c.relreplident = 'n' THEN 'nothing'
             WHEN c.relreplident = 'f' THEN 'full'
             WHEN c.relreplident = 'i' THEN 'index'
             ELSE 'default' END,
           'isRowSecurityEnabled', c.relrowsecurity,
           'isRowSecurityForced', c.relforcerowsecurity,
           'columns', ${columns},
           'sequences', ${sequences},
           'constraints', ${constraints},
           'indexes', ${indexes},
           'statistics', ${statistics},
           'triggers', ${tableTriggerDetails},
           'rules', ${tableRules},
           'policies', ${tablePolicies},
           'grants', ${grants('c.relacl')},
           'ownerPrivileges', ARRAY(
             SELECT held.privilege_type
               FROM pg_catalog.aclexplode(pg_catalog.acldefault('r', c.relowner)) held
              ORDER BY held.privilege_type),
           'hasGrants', c.relacl IS NOT NULL
         )::pg_catalog.text AS object
    FROM lock_limit
    CROSS JOIN no_path
    CROSS JOIN pg_catalog.pg_namespace n
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid${relationJoins}
    LEFT JOIN pg_catalog.pg_class toast ON toast.oid = c.reltoastrelid
    LEFT JOIN pg_catalog.pg_am method ON method.oid = c.relam
    LEFT JOIN pg_catalog.pg_tablespace place ON place.oid = c.reltablespace
    LEFT JOIN pg_catalog.pg_foreign_table far ON far.ftrelid = c.oid
    LEFT JOIN pg_catalog.pg_foreign_server server ON server.oid = far.ftserver
   WHERE ${namedRelation}`;
