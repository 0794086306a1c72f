import { z } from 'zod';
import type { RowCount } from './impact';

/** What EXPLAIN says that a statement changes in one relation. */
export interface ExplainedChange {
  readonly action: 'delete' | 'update' | 'insert' | 'merge';
  readonly schema: string;
  readonly name: string;
  /** Rows that the plan hands to the change. */
  readonly rows: RowCount;
  /** The planner's cost of finding them. */
  readonly cost: number;
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly Operation?: string | undefined;
  readonly Schema?: string | undefined;
  readonly 'Relation Name'?: string | undefined;
  readonly 'Plan Rows': number;
  readonly 'Total Cost': number;
  readonly Plans?: readonly PlanNode[] | undefined;
}

const planNode: z.ZodType<PlanNode> = z.lazy(() =>
  z.object({
    'Node Type': z.string(),
    Operation: z.string().optional(),
    Schema: z.string().optional(),
    'Relation Name': z.string().optional(),
    'Plan Rows': z.number(),
    'Total Cost': z.number(),
    Plans: z.array(planNode).optional(),
  }),
);

/** EXPLAIN gives one entry for each query that rules make of a statement; some have no plan. */
const explanation = z.array(z.object({ Plan: planNode }));

const actions = { Delete: 'delete', Update: 'update', Insert: 'insert', Merge: 'merge' } as const;

/**
 * Reads EXPLAIN (FORMAT JSON, VERBOSE): every node that changes a relation, those of common table
 * expressions included. Raises ZodError for anything else.
 */
export function explainedChanges(json: string): readonly ExplainedChange[] {
  return explanation.parse(JSON.parse(json)).flatMap(({ Plan }) => changesOf(Plan));
}

function changesOf(node: PlanNode): readonly ExplainedChange[] {
  const { Plans: children = [], Schema: schema, 'Relation Name': name } = node;
  const below = children.flatMap(changesOf);
  const action = Object.entries(actions).find(([operation]) => operation === node.Operation)?.[1];
  const [source] = children;
  if (node['Node Type'] !== 'ModifyTable' || action === undefined || source === undefined) {
    return below;
  }
  if (schema === undefined || name === undefined) return below;
  const rows = { count: source['Plan Rows'], isExact: isCounted(source, action) };
  return [{ action, schema, name, rows, cost: source['Total Cost'] }, ...below];
}

/** Rows that stand in the statement itself are counted, not guessed. */
function isCounted(source: PlanNode, action: ExplainedChange['action']): boolean {
  if (action !== 'insert' || (source.Plans ?? []).length > 0) return false;
  return source['Node Type'] === 'Result' || source['Node Type'] === 'Values Scan';
}
