/** pg_trigger.tgenabled, pg_rewrite.ev_enabled and pg_event_trigger.evtenabled as firingSchema names them. */
export function firing(column: string): string {
  return `CASE ${column}
    WHEN 'O' THEN 'origin' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' WHEN 'D' THEN 'disabled'
  END`;
}
