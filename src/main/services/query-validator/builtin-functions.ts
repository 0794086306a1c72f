/**
 * Functions of pg_catalog that a person may call and that change nothing but, at most, what the rules
 * of functions.ts say of them: pg_proc of PostgreSQL 18, with what 14 to 17 had besides, without type
 * input and output, operator, index and aggregate support.
 */
const names = `
  abbrev abs acldefault aclexplode acos acosd acosh age amvalidate any_value area array_agg
  array_append array_cat array_dims array_fill array_length array_lower array_ndims array_position
  array_positions array_prepend array_remove array_replace array_reverse array_sample
  array_shuffle array_sort array_to_json array_to_string array_to_tsvector array_upper ascii asin
  asind asinh atan atan2 atan2d atand atanh avg bit bit_and bit_count bit_length bit_or bit_xor
  bool bool_and bool_or bound_box box bpchar brin_desummarize_range brin_summarize_new_values
  brin_summarize_range broadcast btequalimage btrim btvarstrequalimage bytea cardinality casefold
  cash_words cbrt ceil ceiling center char char_length character_length chr cidr circle
  clock_timestamp col_description concat concat_ws convert convert_from convert_to corr cos cosd
  cosh cot cotd count covar_pop covar_samp crc32 crc32c cume_dist current_database current_query
  current_schema current_schemas current_setting current_user currval cursor_to_xml
  cursor_to_xmlschema database_to_xml database_to_xml_and_xmlschema database_to_xmlschema date
  date_add date_bin date_part date_subtract date_trunc datemultirange daterange
  daterange_canonical decode degrees dense_rank dexp diagonal diameter div dlog1 dlog10 dround
  dtrunc encode enum_first enum_last enum_range erf erfc every exp extract factorial family
  first_value float4 float8 floor format format_type gamma gcd gen_random_uuid generate_series
  generate_subscripts get_bit get_byte get_current_ts_config getdatabaseencoding getpgusername
  gin_clean_pending_list gin_compare_jsonb has_any_column_privilege has_column_privilege
  has_database_privilege has_foreign_data_wrapper_privilege has_function_privilege
  has_language_privilege has_largeobject_privilege has_parameter_privilege has_schema_privilege
  has_sequence_privilege has_server_privilege has_table_privilege has_tablespace_privilege
  has_type_privilege height hashtext hashtextextended host hostmask icu_unicode_version inet_client_addr inet_client_port
  inet_merge inet_same_family inet_server_addr inet_server_port initcap int2 int4 int4inc
  int4multirange int4range int4range_canonical int8 int8dec int8dec_any int8inc int8inc_any
  int8inc_float8_float8 int8multirange int8range int8range_canonical interval is_normalized
  isclosed isempty isfinite ishorizontal isopen isparallel isperp isvertical json_agg
  json_agg_strict json_array_elements json_array_elements_text json_array_length json_build_array
  json_build_object json_each json_each_text json_object json_object_agg json_object_agg_strict
  json_object_agg_unique json_object_agg_unique_strict json_object_keys json_populate_record
  json_populate_recordset json_strip_nulls json_to_record json_to_recordset json_to_tsvector
  json_typeof jsonb_agg jsonb_agg_strict jsonb_array_elements jsonb_array_elements_text
  jsonb_array_length jsonb_build_array jsonb_build_object jsonb_concat jsonb_contains jsonb_each
  jsonb_each_text jsonb_exists jsonb_exists_all jsonb_exists_any jsonb_insert jsonb_object
  jsonb_object_agg jsonb_object_agg_strict jsonb_object_agg_unique jsonb_object_agg_unique_strict
  jsonb_object_keys jsonb_path_exists jsonb_path_exists_tz jsonb_path_match jsonb_path_match_tz
  jsonb_path_query jsonb_path_query_array jsonb_path_query_array_tz jsonb_path_query_first
  jsonb_path_query_first_tz jsonb_path_query_tz jsonb_populate_record jsonb_populate_record_valid
  jsonb_populate_recordset jsonb_pretty jsonb_set jsonb_set_lax jsonb_strip_nulls jsonb_to_record
  jsonb_to_recordset jsonb_to_tsvector jsonb_typeof justify_days justify_hours justify_interval
  lag last_value lastval lcm lead left length lgamma like like_escape line ln lo_close lo_get
  lo_lseek lo_lseek64 lo_tell lo_tell64 loread log log10
  lower lower_inc lower_inf lpad lseg ltrim macaddr macaddr8 macaddr8_set7bit make_date
  make_interval make_time make_timestamp make_timestamptz makeaclitem masklen max md5 min
  min_scale mod mode money multirange mxid_age name nameconcatoid netmask network nextval
  normalize notlike now npoints nth_value ntile num_nonnulls num_nulls numeric numeric_div_trunc
  numeric_exp numeric_inc numeric_ln numeric_log numeric_sqrt nummultirange numnode numrange
  obj_description octet_length oid oidvectortypes overlaps overlay parse_ident path pclose
  percent_rank percentile_cont percentile_disc phraseto_tsquery pi plainto_tsquery point polygon
  popen position pow power querytree quote_ident quote_literal quote_nullable radians radius
  random random_normal range_agg range_intersect_agg range_merge rank regclass regexp_count
  regexp_instr regexp_like regexp_match regexp_matches regexp_replace regexp_split_to_array
  regexp_split_to_table regexp_substr regr_avgx regr_avgy regr_count regr_intercept regr_r2
  regr_slope regr_sxx regr_sxy regr_syy repeat replace reverse right round row_number
  row_security_active row_to_json rpad rtrim satisfies_hash_partition scale schema_to_xml
  schema_to_xml_and_xmlschema schema_to_xmlschema session_user set_bit set_byte set_masklen
  setseed setweight sha224 sha256 sha384 sha512 shobj_description sign similar_escape
  similar_to_escape sin sind sinh slope spg_poly_quad_compress split_part sqrt starts_with
  statement_timestamp stddev stddev_pop stddev_samp string_agg string_to_array string_to_table
  strip strpos substr substring sum system_user table_to_xml table_to_xml_and_xmlschema
  table_to_xmlschema tan tand tanh text textlen time timeofday timestamp timestamptz timetz
  timezone to_ascii to_bin to_char to_date to_hex to_json to_jsonb to_number to_oct to_regclass
  to_regcollation to_regnamespace to_regoper to_regoperator to_regproc to_regprocedure to_regrole
  to_regtype to_regtypemod to_timestamp to_tsquery to_tsvector transaction_timestamp translate
  trim_array trim_scale trunc ts_debug ts_delete ts_filter ts_headline ts_lexize ts_parse ts_rank
  ts_rank_cd ts_token_type tsmultirange tsquery_phrase tsrange tstzmultirange tstzrange
  tsvector_to_array txid_current txid_current_if_assigned txid_current_snapshot txid_snapshot_xip
  txid_snapshot_xmax txid_snapshot_xmin txid_status txid_visible_in_snapshot unicode_assigned
  unicode_version unistr unnest upper upper_inc upper_inf uuid_extract_timestamp
  uuid_extract_version uuidv4 uuidv7 var_pop var_samp varbit varchar variance version
  websearch_to_tsquery width width_bucket xid xml xml_is_well_formed xml_is_well_formed_content
  xml_is_well_formed_document xmlagg xmlcomment xmlconcat2 xmlexists xmltext xmlvalidate xpath
  xpath_exists
  pg_advisory_xact_lock pg_advisory_xact_lock_shared pg_available_extension_versions
  pg_available_extensions pg_available_wal_summaries pg_backend_pid pg_backup_start_time pg_basetype
  pg_blocking_pids pg_char_to_encoding pg_client_encoding pg_collation_actual_version
  pg_collation_for pg_column_compression pg_column_is_updatable pg_column_size
  pg_column_toast_chunk_id pg_conf_load_time pg_config pg_control_checkpoint pg_control_init
  pg_control_recovery pg_control_system pg_current_logfile pg_current_snapshot
  pg_current_wal_flush_lsn pg_current_wal_insert_lsn pg_current_wal_lsn pg_current_xact_id
  pg_current_xact_id_if_assigned pg_cursor pg_database_collation_actual_version pg_database_size
  pg_describe_object pg_encoding_max_length pg_encoding_to_char pg_event_trigger_ddl_commands
  pg_event_trigger_dropped_objects pg_event_trigger_table_rewrite_oid
  pg_event_trigger_table_rewrite_reason pg_export_snapshot pg_extension_config_dump
  pg_extension_update_paths pg_filenode_relation pg_has_role pg_hba_file_rules
  pg_ident_file_mappings pg_identify_object pg_identify_object_as_address
  pg_index_column_has_property pg_index_has_property pg_indexam_has_property
  pg_indexam_progress_phasename pg_indexes_size pg_input_error_info pg_input_is_valid
  pg_is_in_backup pg_is_in_recovery pg_is_other_temp_schema pg_is_wal_replay_paused
  pg_isolation_test_session_is_blocked pg_jit_available pg_last_committed_xact
  pg_last_wal_receive_lsn pg_last_wal_replay_lsn pg_last_xact_replay_timestamp pg_listening_channels
  pg_lock_status pg_ls_archive_statusdir pg_ls_logdir pg_ls_logicalmapdir pg_ls_logicalsnapdir
  pg_ls_replslotdir pg_ls_summariesdir pg_ls_tmpdir pg_ls_waldir pg_lsn pg_mcv_list_items
  pg_my_temp_schema pg_notification_queue_usage pg_numa_available pg_options_to_table
  pg_partition_ancestors pg_partition_root pg_partition_tree pg_postmaster_start_time
  pg_prepared_statement pg_prepared_xact pg_relation_filenode pg_relation_filepath
  pg_relation_is_publishable pg_relation_is_updatable pg_relation_size pg_replication_origin_oid
  pg_replication_origin_progress pg_replication_origin_session_is_setup
  pg_replication_origin_session_progress pg_safe_snapshot_blocking_pids pg_sequence_last_value
  pg_sequence_parameters pg_settings_get_flags pg_show_all_file_settings pg_show_all_settings
  pg_show_replication_origin_status pg_size_bytes pg_size_pretty pg_sleep pg_sleep_for
  pg_sleep_until pg_snapshot_xip pg_snapshot_xmax pg_snapshot_xmin pg_split_walfile_name
  pg_stat_clear_snapshot pg_stat_have_stats pg_table_size pg_tablespace_databases
  pg_tablespace_location pg_tablespace_size pg_timezone_abbrevs pg_timezone_abbrevs_abbrevs
  pg_timezone_abbrevs_zone pg_timezone_names pg_total_relation_size pg_trigger_depth
  pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared pg_typeof pg_visible_in_snapshot
  pg_wal_lsn_diff pg_wal_summary_contents pg_walfile_name pg_walfile_name_offset
  pg_xact_commit_timestamp pg_xact_commit_timestamp_origin pg_xact_status
`;

/** Functions of the system that only look something up; anybody else may call one pg_, too. */
const families = /^pg_(?:get|lsn|stat_get)_|^pg_.*_is_visible$/;

const builtins: ReadonlySet<string> = new Set(names.trim().split(/\s+/));

/** Of these, the ones that give another value each time (pg_proc.provolatile) and do nothing else to the data. */
const volatile: ReadonlySet<string> = new Set([
  'clock_timestamp',
  'currval',
  'gen_random_uuid',
  'lastval',
  'nextval',
  'random',
  'random_normal',
  'timeofday',
  'uuidv4',
  'uuidv7',
]);

/**
 * Whether a function, by the parts of its name, may give another value each time. One of somebody's own
 * counts: functions are volatile unless they say otherwise (manual, CREATE FUNCTION).
 */
export function isVolatileFunction(parts: readonly string[]): boolean {
  const name = parts.at(-1) ?? '';
  const isSystems = parts.length < 2 || parts.at(-2) === 'pg_catalog';
  return !isSystems || volatile.has(name) || !isBuiltinFunction(name);
}

/** Whether PostgreSQL itself has a function of this name. */
export function isBuiltinFunction(name: string): boolean {
  return builtins.has(name) || families.test(name);
}
