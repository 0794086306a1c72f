import type { Risk } from '@shared/models/statement-analysis';
import { findMistakenColumns } from '../impact/mistaken-columns';
import type { LookPlace } from '../impact/look-before';
import type { PlannedStatement } from '../run/run-plan';

/** Behind such a pooler nothing resets a session between two clients (PgBouncer manual, server_reset_query). */
const staysForOthers: Risk = {
  code: 'changes-session-safety',
  level: 'confirm',
  reason:
    'It changes the session. The pooler runs in transaction mode: the change stays in a session of the server that other clients use next.',
};

/** The statements of a run with what their text alone does not tell, but where they run does. Never raises. */
export async function withRisksOfPlace(
  planned: readonly PlannedStatement[],
  place: LookPlace,
): Promise<readonly PlannedStatement[]> {
  const analyses = planned.map(({ analysis }) => analysis);
  const mistaken = await findMistakenColumns(analyses, place);
  const { poolsTransactions } = place.pool.connector;
  return planned.map((item) => {
    const { analysis } = item;
    const mistake = mistaken.get(analysis);
    const further = [
      ...(mistake === undefined ? [] : [mistake]),
      ...(poolsTransactions && analysis.changesSession ? [staysForOthers] : []),
    ];
    if (further.length === 0) return item;
    const { statement, range, sent } = item;
    const risks = [...analysis.risks, ...further];
    return { statement, range, sent, analysis: { ...analysis, risks } };
  });
}
