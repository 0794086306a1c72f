import { DatabaseError } from '../db/errors/database-error';

/** "Plan Rows" of EXPLAIN (FORMAT JSON). Raises DatabaseError where there is none, which would be a defect. */
export function plannedRows(explained: string): number {
  const plans: unknown = JSON.parse(explained);
  const plan: unknown = Array.isArray(plans) ? plans[0] : undefined;
  if (typeof plan === 'object' && plan !== null && 'Plan' in plan) {
    const { Plan: node } = plan;
    if (typeof node === 'object' && node !== null && 'Plan Rows' in node) {
      const { 'Plan Rows': rows } = node;
      if (typeof rows === 'number') return rows;
    }
  }
  throw new DatabaseError({ kind: 'Internal', message: 'EXPLAIN answered without a row count.' });
}
