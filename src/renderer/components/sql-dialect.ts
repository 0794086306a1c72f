import { PostgreSQL, SQLDialect } from '@codemirror/lang-sql';

/**
 * Key words that PostgreSQL does not reserve and that columns and tables are often called by. They
 * are offered while typing, but have no colour: in "select name, type" they are names.
 */
const nameLike = `
  action attribute cache class comment comments conditional configuration content cost data
  day depth dictionary document error event expression family format global header hour input
  keys label large level location logged mapping method minute mode month move name names
  object objects options owner parameter parser password path period plan plans position
  program quote quotes ref routines rule scalar second server session share simple skip
  snapshot source standalone statement storage string subscription support system tables
  target text ties type types valid value version year yes
`;

/** The other key words of PostgreSQL 18 (pg_get_keywords(); manual, Appendix C), without the literals. */
const keywords = `
  abort absent absolute access add admin after aggregate all also alter always analyse analyze
  and any array as asc asensitive assertion assignment asymmetric at atomic attach
  authorization backward before begin between bigint binary bit boolean both breadth by call
  called cascade cascaded case cast catalog chain char character characteristics check
  checkpoint close cluster coalesce collate collation column columns commit committed
  compression concurrently conflict connection constraint constraints continue conversion copy
  create cross csv cube current current_catalog current_date current_role current_schema
  current_time current_timestamp current_user cursor cycle database deallocate dec decimal
  declare default defaults deferrable deferred definer delete delimiter delimiters depends
  desc detach disable discard distinct do domain double drop each else empty enable encoding
  encrypted end enforced enum escape except exclude excluding exclusive execute exists explain
  extension external extract fetch filter finalize first float following for force
  foreign forward freeze from full function functions generated grant granted greatest group
  grouping groups handler having hold identity if ilike immediate immutable implicit import in
  include including increment indent index indexes inherit inherits initially inline inner
  inout insensitive insert instead int integer intersect interval into invoker is isnull
  isolation join json json_array json_arrayagg json_exists json_object json_objectagg
  json_query json_scalar json_serialize json_table json_value keep key language last lateral
  leading leakproof least left like limit listen load local localtime localtimestamp lock
  locked match matched materialized maxvalue merge merge_action minvalue national natural
  nchar nested new next nfc nfd nfkc nfkd no none normalize normalized not nothing notify
  notnull nowait nullif nulls numeric of off offset oids old omit on only operator option
  or order ordinality others out outer over overlaps overlay overriding owned parallel partial
  partition passing placing policy preceding precision prepare prepared preserve primary prior
  privileges procedural procedure procedures publication range read real reassign recursive
  references referencing refresh reindex relative release rename repeatable replace replica
  reset restart restrict return returning returns revoke right role rollback rollup routine
  row rows savepoint schema schemas scroll search security select sequence sequences
  serializable session_user set setof sets show similar smallint some sql stable start
  statistics stdin stdout stored strict strip substring symmetric sysid system_user table
  tablesample tablespace temp template temporary then time timestamp to trailing transaction
  transform treat trigger trim truncate trusted uescape unbounded uncommitted
  unconditional unencrypted union unique unlisten unlogged until update user using
  vacuum validate validator values varchar variadic varying verbose view views virtual
  volatile when where whitespace window with within without work wrapper write xml
  xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot
  xmlserialize xmltable zone
`;

/**
 * SQL as PostgreSQL has it. The grammar's own list has the words of every standard and of PL/pgSQL
 * beside those: "id" and "public" are no key words of the server.
 */
export const postgresDialect = dialectWith(keywords);

/** The same with every key word, for completion. */
export const completedDialect = dialectWith(keywords + nameLike);

/** The grammar takes words that are parted by one space each. */
function dialectWith(words: string): SQLDialect {
  return SQLDialect.define({
    ...PostgreSQL.spec,
    keywords: words.trim().replaceAll(/\s+/gu, ' '),
  });
}
