import type { RangeVar } from 'libpg-query';

/** The catalogs of PostgreSQL 14 to 18 (pg_class), without pg_, and the view whose rows UPDATE sets. */
const names = `
  aggregate am amop amproc attrdef attribute auth_members authid cast class collation constraint
  conversion database db_role_setting default_acl depend description enum event_trigger extension
  foreign_data_wrapper foreign_server foreign_table index inherits init_privs language largeobject
  largeobject_metadata namespace opclass operator opfamily parameter_acl partitioned_table policy proc
  publication publication_namespace publication_rel range replication_origin rewrite seclabel sequence
  settings shdepend shdescription shseclabel statistic statistic_ext statistic_ext_data subscription
  subscription_rel tablespace transform trigger ts_config ts_config_map ts_dict ts_parser ts_template
  type user_mapping
`;

const catalogs: ReadonlySet<string> = new Set(
  names
    .trim()
    .split(/\s+/)
    .map((name) => `pg_${name}`),
);

/** Whether a relation is the system's: pg_catalog comes first where no schema is named. */
export const isSystemCatalog = ({ schemaname, relname = '' }: RangeVar): boolean =>
  schemaname === 'pg_catalog' || (schemaname === undefined && catalogs.has(relname));
