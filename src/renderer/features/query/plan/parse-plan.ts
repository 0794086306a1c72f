import { type JsonNode, parseJsonTree } from '../../../components/value/json-tree';
import { type Members, membersOf, numberOf, textOf } from './json-members';
import { labelMembers, nodeLabel } from './node-label';
import type { ActualWork, Plan, PlanFact, PlanNode } from './plan-node';

/** Members that have a place of their own. */
const shownElsewhere: ReadonlySet<string> = new Set([
  ...labelMembers,
  'Plans',
  'Plan Rows',
  'Total Cost',
  'Actual Rows',
  'Actual Loops',
  'Actual Total Time',
]);

/**
 * The plans in what EXPLAIN (FORMAT JSON) answers: one for each statement that rules made of the
 * statement. Null where the text is none.
 */
export function parsePlans(text: string): Plan[] | null {
  const tree = parseJsonTree(text);
  if (tree?.kind !== 'array') return null;
  const plans = tree.items.map(planOf);
  return plans.every((plan) => plan !== null) && plans.length > 0 ? plans : null;
}

function planOf(item: JsonNode): Plan | null {
  const members = membersOf(item);
  const plan = membersOf(members.get('Plan'));
  if (!plan.has('Node Type')) return null;
  const facts = [...members].filter(([name]) => name !== 'Plan').flatMap(factsOf);
  return { root: nodeOf(plan, '0', { processes: 1, isLimited: false }), facts };
}

/** What a node's measures have to be seen with. */
interface Surroundings {
  /** How many processes share the work of the node, the leader included. */
  readonly processes: number;
  /** Whether a LIMIT above it may have stopped it early. */
  readonly isLimited: boolean;
}

/** Nodes that read all that is below them before they give the first row. */
const readsAll = /^(?:Sort|Incremental Sort|Aggregate|Hash|Materialize|SetOp|WindowAgg)$/u;

function nodeOf(node: Members, id: string, above: Surroundings): PlanNode {
  const plans = node.get('Plans');
  const type = textOf(node.get('Node Type')) ?? '';
  const below = {
    processes: above.processes * (1 + (numberOf(node.get('Workers Launched')) ?? 0)),
    isLimited: type === 'Limit' || (above.isLimited && !readsAll.test(type)),
  };
  const children =
    plans?.kind === 'array'
      ? plans.items.map((plan, index) => nodeOf(membersOf(plan), `${id}.${index}`, below))
      : [];
  return {
    id,
    depth: id.split('.').length - 1,
    label: nodeLabel(node),
    role: roleOf(node),
    estimatedRows: textOf(node.get('Plan Rows')),
    cost: textOf(node.get('Total Cost')),
    actual: actualOf(node, children, above),
    facts: [...node].filter(([name]) => !shownElsewhere.has(name)).flatMap(factsOf),
    children,
  };
}

/** "Outer" says nothing where there is but one; subplans have names. */
function roleOf(node: Members): string | null {
  const role = textOf(node.get('Parent Relationship'));
  return textOf(node.get('Subplan Name')) ?? (role === 'Outer' || role === 'Member' ? null : role);
}

/**
 * The server's times are means of the loops (manual, 14.1.2 EXPLAIN ANALYZE). In the part of a plan
 * that several processes share, loops are counted over all of them, and run beside each other.
 */
function actualOf(
  node: Members,
  children: readonly PlanNode[],
  { processes, isLimited }: Surroundings,
): ActualWork | null {
  const rows = textOf(node.get('Actual Rows'));
  const loops = textOf(node.get('Actual Loops'));
  if (rows === null || loops === null) return null;
  const mean = numberOf(node.get('Actual Total Time'));
  const totalMs = mean === null ? null : (mean * Number(loops)) / processes;
  const inChildren = children.reduce((sum, { actual }) => sum + (actual?.totalMs ?? 0), 0);
  const estimated = numberOf(node.get('Plan Rows'));
  // An estimate is never below one row; a node that gave none is as good as estimated with one.
  const ratio =
    Number(loops) > 0 && estimated !== null
      ? Math.max(1, Number(rows)) / Math.max(1, estimated)
      : null;
  return {
    rows,
    loops,
    totalMs,
    selfMs: totalMs === null ? null : Math.max(0, totalMs - inChildren),
    rowsRatio: ratio !== null && ratio < 1 && isLimited ? null : ratio,
  };
}

/** Counts of blocks and times of reading that are nought say nothing, nor does what is not so. */
const silentAtNought = /(?: Blocks| I\/O (?:Read|Write) Time)$/u;

function factsOf([label, node]: readonly [string, JsonNode]): PlanFact[] {
  const text = textOf(node);
  if (text !== null) {
    const isSilent = text === 'false' || (silentAtNought.test(label) && Number(text) === 0);
    return isSilent ? [] : [{ label, text }];
  }
  if (node.kind === 'array') {
    const texts = node.items.map(textOf);
    if (texts.every((item) => item !== null)) {
      return texts.length === 0 ? [] : [{ label, text: texts.join(', ') }];
    }
    return node.items.flatMap((item, index) => factsOf([`${label} ${index + 1}`, item]));
  }
  return [...membersOf(node)].flatMap(([name, value]) => factsOf([`${label}: ${name}`, value]));
}
