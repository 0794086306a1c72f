import type { EnvironmentLabel } from '@shared/models/connection-profile';
import type { Risk, StatementAnalysis } from '@shared/models/statement-analysis';
import { examineCalledRoutines, type ExaminedRoutines } from '../impact/called-routines';
import type { LookPlace } from '../impact/look-before';
import { findLongWork } from '../impact/large-tables';
import { findMistakenColumns } from '../impact/mistaken-columns';
import { findWidenedColumns } from '../impact/widened-columns';
import type { PlannedStatement } from '../run/run-plan';
import { Turn } from '../../../turn';

const noWork: ReadonlyMap<StatementAnalysis, readonly Risk[]> = new Map();

/** Behind such a pooler nothing resets a session between two clients (PgBouncer manual, server_reset_query). */
const staysForOthers: Risk = {
  code: 'changes-session-safety',
  level: 'confirm',
  reason:
    'It changes the session. The pooler runs in transaction mode: the change stays in a session of the server that other clients use next.',
};

/**
 * The statements of a run with what their text alone does not tell, but where they run does: what the
 * routines do that they call, whose the columns of their conditions are, whether what they make others
 * wait for is large, and which columns only become wider. Never raises.
 */
export async function withRisksOfPlace(
  planned: readonly PlannedStatement[],
  place: LookPlace,
  environment: EnvironmentLabel,
): Promise<readonly PlannedStatement[]> {
  const analyses = planned.map(({ analysis }) => analysis);
  const mistaken = await findMistakenColumns(analyses, place);
  const routines = await examineCalledRoutines(analyses, place);
  const widened = await findWidenedColumns(analyses, place);
  // On a computer of one's own nobody waits.
  const longWork = environment === 'local' ? noWork : await findLongWork(analyses, place);
  const { poolsTransactions } = place.pool.connector;
  const items: PlannedStatement[] = [];
  const turn = new Turn();
  for (const item of planned) {
    if (turn.isOver) await turn.pass();
    const { analysis } = item;
    const mistake = mistaken.get(analysis);
    const called = routines.get(analysis);
    const further = [
      ...(mistake === undefined ? [] : [mistake]),
      ...(poolsTransactions && analysis.changesSession ? [staysForOthers] : []),
    ];
    const long = longWork.get(analysis) ?? [];
    const harmless = widened.get(analysis);
    const isAsItWas = further.length === 0 && called === undefined && long.length === 0;
    if (isAsItWas && harmless === undefined) {
      items.push(item);
      continue;
    }
    const { statement, range, sent } = item;
    const known = called === undefined ? analysis : withRoutines(analysis, called);
    const told = known.risks.filter(
      ({ reason }) =>
        harmless?.has(reason) !== true && !long.some((risk) => risk.reason === reason),
    );
    const risks = [...long, ...told, ...further];
    items.push({ statement, range, sent, analysis: { ...known, risks } });
  }
  return items;
}

type Effect =
  'writes' | 'changesStructure' | 'changesRights' | 'touchesServer' | 'cannotRunInTransaction';

/** An analysis once what the statement calls counts as its own. */
function withRoutines(analysis: StatementAnalysis, called: ExaminedRoutines): StatementAnalysis {
  const routines = [...called.values()].flat();
  const any = (effect: Effect): boolean =>
    analysis[effect] || routines.some((routine) => routine[effect]);
  const isKnown = ({ code, relation }: Risk): boolean =>
    code === 'unknown-function' && relation !== undefined && called.has(relation);
  const risks = [
    ...analysis.risks.filter((risk) => !isKnown(risk)),
    ...routines.flatMap((routine) => routine.risks),
  ];
  return {
    ...analysis,
    writes: any('writes'),
    changesStructure: any('changesStructure'),
    changesRights: any('changesRights'),
    touchesServer: any('touchesServer'),
    cannotRunInTransaction: any('cannotRunInTransaction'),
    risks: [...new Map(risks.map((risk) => [risk.reason, risk])).values()],
  };
}
