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
  return { root: nodeOf(plan, '0', 1), facts };
}

/** `processes` is how many processes share the work of the node, the leader included. */
function nodeOf(node: Members, id: string, processes: number): PlanNode {
  const plans = node.get('Plans');
  const below = processes * (1 + (numberOf(node.get('Workers Launched')) ?? 0));
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
    actual: actualOf(node, children, processes),
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
  processes: number,
): ActualWork | null {
  const rows = textOf(node.get('Actual Rows'));
  const loops = textOf(node.get('Actual Loops'));
  if (rows === null || loops === null) return null;
  const mean = numberOf(node.get('Actual Total Time'));
  const totalMs = mean === null ? null : (mean * Number(loops)) / processes;
  const inChildren = children.reduce((sum, { actual }) => sum + (actual?.totalMs ?? 0), 0);
  const estimated = numberOf(node.get('Plan Rows'));
  const ran = Number(loops) > 0;
  return {
    rows,
    loops,
    totalMs,
    selfMs: totalMs === null ? null : Math.max(0, totalMs - inChildren),
    // An estimate is never below one row; a node that gave none is as good as estimated with one.
    rowsRatio:
      ran && estimated !== null ? Math.max(1, Number(rows)) / Math.max(1, estimated) : null,
  };
}

/** Counts of blocks and times of reading that are nought say nothing. */
const silentAtNought = /(?: Blocks| I\/O (?:Read|Write) Time)$/u;

function factsOf([label, node]: readonly [string, JsonNode]): PlanFact[] {
  const text = textOf(node);
  if (text !== null) {
    return silentAtNought.test(label) && Number(text) === 0 ? [] : [{ label, text }];
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
