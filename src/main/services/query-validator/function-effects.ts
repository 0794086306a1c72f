import type { Risk } from '@shared/models/statement-analysis';
import type { Flag } from './findings';

/** What a call of a function does beyond giving a value. */
export interface FunctionEffect {
  readonly flags: readonly Flag[];
  /** Absent when it is not worth a word, as for nextval. */
  readonly risk?: Pick<Risk, 'code' | 'level' | 'reason'>;
}

const effects = new Map<string, FunctionEffect>();

function define(names: string, effect: FunctionEffect): void {
  for (const name of names.trim().split(/\s+/)) effects.set(name, effect);
}

function danger(names: string, flags: readonly Flag[], reason: string): void {
  define(names, { flags, risk: { code: 'dangerous-function', level: 'confirm', reason } });
}

// Sources: PostgreSQL 18 manual, 9.28 (system administration functions), 9.17 (sequences), 33 (large
// objects) and appendix F; pg_proc was read for volatile functions so that none is left out.
danger(
  'pg_terminate_backend',
  ['touchesServer'],
  'Ends a session of the server, with what it has not committed.',
);
danger(
  'pg_cancel_backend',
  ['touchesServer'],
  'Cancels the statement that a session of the server runs.',
);
danger('pg_reload_conf', ['touchesServer'], 'Makes the server read its configuration files anew.');
danger(
  'pg_promote',
  ['touchesServer'],
  'Promotes a standby: it stops following its primary for good.',
);
danger(
  'pg_wal_replay_pause pg_wal_replay_resume',
  ['touchesServer'],
  'Stops or resumes recovery of a standby.',
);
danger(
  'pg_rotate_logfile pg_switch_wal pg_create_restore_point pg_log_standby_snapshot pg_backup_start pg_backup_stop pg_start_backup pg_stop_backup',
  ['touchesServer'],
  'Acts on the log, the WAL or the backups of the whole server.',
);
danger(
  'pg_drop_replication_slot',
  ['touchesServer', 'writes'],
  'Drops a replication slot: whoever follows it has to begin anew.',
);
danger(
  'pg_replication_slot_advance pg_logical_slot_get_changes pg_logical_slot_get_binary_changes',
  ['touchesServer', 'writes'],
  'Takes changes away from a replication slot: whoever follows it may miss them.',
);
danger(
  'pg_create_physical_replication_slot pg_create_logical_replication_slot pg_copy_physical_replication_slot pg_copy_logical_replication_slot pg_sync_replication_slots',
  ['touchesServer', 'writes'],
  'Makes a replication slot: the server keeps all WAL for it until it is read or dropped, which can fill the disk.',
);
danger(
  'pg_replication_origin_create pg_replication_origin_drop pg_replication_origin_advance pg_replication_origin_session_setup pg_replication_origin_session_reset pg_replication_origin_xact_setup pg_replication_origin_xact_reset',
  ['touchesServer', 'writes', 'changesSession'],
  'Changes how far replication has come: changes may be applied twice or not at all.',
);
danger(
  'pg_stat_reset pg_stat_reset_shared pg_stat_reset_single_table_counters pg_stat_reset_single_function_counters pg_stat_reset_slru pg_stat_reset_replication_slot pg_stat_reset_subscription_stats pg_stat_reset_backend_stats pg_stat_statements_reset pg_stat_kcache_reset pg_qualstats_reset',
  ['touchesServer'],
  'Sets statistics of the server back to zero, for everybody.',
);
danger(
  'pg_clear_relation_stats pg_clear_attribute_stats pg_restore_relation_stats pg_restore_attribute_stats',
  ['writes'],
  'Replaces the statistics that the planner relies on.',
);
danger(
  'pg_read_file pg_read_binary_file pg_ls_dir pg_stat_file pg_file_read pg_logdir_ls',
  ['touchesServer'],
  'Reads files of the server.',
);
danger(
  'pg_file_write pg_file_rename pg_file_unlink pg_file_sync lo_export',
  ['touchesServer', 'writes'],
  'Writes or removes files of the server.',
);
danger('lo_import', ['touchesServer', 'writes'], 'Reads a file of the server into a large object.');
danger('lo_unlink', ['writes'], 'Deletes a large object.');
danger('lo_truncate lo_truncate64', ['writes'], 'Cuts off a large object.');
define('lo_create lo_creat lo_from_bytea lo_put lowrite lo_open', { flags: ['writes'] });
danger(
  'dblink dblink_exec dblink_open dblink_send_query dblink_fetch dblink_get_result',
  ['touchesServer', 'reads', 'writes'],
  'Runs SQL on another server, which is not examined.',
);
define('dblink_connect dblink_connect_u dblink_disconnect', {
  flags: ['touchesServer', 'changesSession'],
  risk: { code: 'dangerous-function', level: 'notice', reason: 'Connects to another server.' },
});
danger(
  'heap_force_kill heap_force_freeze pg_truncate_visibility_map',
  ['writes'],
  'Changes pages of a table behind the back of transactions: rows may be lost.',
);
danger(
  'binary_upgrade_set_next_pg_type_oid binary_upgrade_set_record_init_privs pg_nextoid pg_stop_making_pinned_objects pg_import_system_collations',
  ['writes', 'changesStructure'],
  'Changes system catalogs.',
);
danger(
  'drop_chunks drop_partition_time drop_partition_id undo_partition dropgeometrytable dropgeometrycolumn delete_job citus_drop_all_shards master_drop_all_shards',
  ['writes', 'changesStructure'],
  'Drops a table or a part of one.',
);
danger(
  'add_retention_policy',
  ['writes', 'touchesServer'],
  'Has the server drop old parts of the table by itself from then on.',
);
danger(
  'schedule schedule_in_database unschedule alter_job add_job',
  ['writes', 'touchesServer'],
  'Changes what the server runs by itself at set times.',
);
danger(
  'run_command_on_workers run_command_on_shards run_command_on_placements run_command_on_all_nodes master_run_on_worker distributed_exec',
  ['touchesServer', 'reads', 'writes'],
  'Runs SQL on other nodes, which is not examined.',
);
define('nextval', { flags: ['writes'] });
define('setval', {
  flags: ['writes'],
  risk: {
    code: 'overwrites-rows',
    level: 'notice',
    reason: 'Sets a sequence: it may give out values that are in use already.',
  },
});
define(
  'pg_advisory_lock pg_advisory_lock_shared pg_try_advisory_lock pg_try_advisory_lock_shared pg_advisory_unlock pg_advisory_unlock_shared pg_advisory_unlock_all setseed dblink_cancel_query pg_stat_force_next_flush',
  { flags: ['changesSession'] },
);
define('pg_logical_slot_peek_changes pg_logical_slot_peek_binary_changes', {
  flags: ['reads'],
});
define('pg_log_backend_memory_contexts pg_get_process_memory_contexts', {
  flags: ['touchesServer'],
});
// Whoever listens, or decodes the WAL, acts on a message: sent twice, it is acted on twice.
define('pg_notify pg_logical_emit_message', { flags: ['touchesServer'] });
define(
  'brin_summarize_new_values brin_summarize_range brin_desummarize_range gin_clean_pending_list',
  {
    flags: ['writes'],
  },
);
define(
  'table_to_xml table_to_xml_and_xmlschema schema_to_xml schema_to_xml_and_xmlschema database_to_xml database_to_xml_and_xmlschema cursor_to_xml',
  {
    flags: ['reads'],
  },
);

/** What a function is known to do, by its name without a schema; undefined when nothing is known. */
export function functionEffect(name: string): FunctionEffect | undefined {
  return effects.get(name);
}

/** Functions that run the SQL given to them as text, by the numbers of those arguments. */
export const sqlArguments: ReadonlyMap<string, readonly number[]> = new Map([
  ['query_to_xml', [0]],
  ['query_to_xml_and_xmlschema', [0]],
  ['query_to_xmlschema', [0]],
  ['ts_stat', [0]],
  ['ts_rewrite', [1]],
  ['pg_background_launch', [0]],
  ['query_export_to_s3', [0]],
  ['crosstab', [0, 1]],
  ['crosstab2', [0]],
  ['crosstab3', [0]],
  ['crosstab4', [0]],
  ['crosstabn', [0]],
]);
