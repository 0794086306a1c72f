import { formatDuration } from '../../../components/format-duration';
import { type ActualWork, nodesOf, type PlanNode } from './plan-node';

/** How far an estimate has to be off to be pointed out, and to be called far off. */
const notable = 10;
const far = 100;

/** What is pointed out of the rows of a node: "12× more than estimated"; null where nothing is. */
export interface RowsMark {
  readonly text: string;
  readonly isFar: boolean;
}

/** A mark for an estimate that is off by ten times or more. */
export function rowsMark(actual: ActualWork | null): RowsMark | null {
  const ratio = actual?.rowsRatio ?? null;
  if (ratio === null || ratio === 0) return null;
  const factor = ratio >= 1 ? ratio : 1 / ratio;
  if (factor < notable) return null;
  const times = factor >= 1e6 ? '1,000,000+' : Math.round(factor).toLocaleString('en');
  return { text: `${times}× ${ratio >= 1 ? 'more' : 'fewer'}`, isFar: factor >= far };
}

/** The time that all nodes took, each for itself. Milliseconds. */
export function wholeMs(root: PlanNode): number {
  return nodesOf(root).reduce((sum, { actual }) => sum + (actual?.selfMs ?? 0), 0);
}

/** The share of the `whole` time that a node took for itself, from 0 to 1; null without times. */
export function shareOf(node: PlanNode, whole: number): number | null {
  const self = node.actual?.selfMs ?? null;
  if (self === null) return null;
  return whole === 0 ? 0 : self / whole;
}

/** The time of a node itself in words; null without times. */
export function timeText({ actual }: PlanNode): string | null {
  if (actual === null || actual.selfMs === null) return null;
  return actual.loops === '0' ? 'never ran' : formatDuration(actual.selfMs);
}
