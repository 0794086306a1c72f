/** One thing that the server says of a node, in its own words. */
export interface PlanFact {
  readonly label: string;
  readonly text: string;
}

/** A node of a plan. Texts are as the server sent them; numbers serve bars and marks alone. */
export interface PlanNode {
  /** Its place: "0", "0.1", unlike for every node of a plan. */
  readonly id: string;
  readonly depth: number;
  /** As EXPLAIN's text has it: "Index Scan using orders_pkey on orders o". */
  readonly label: string;
  /** What it is to its parent: "Inner", "InitPlan 1"; null where that says nothing. */
  readonly role: string | null;
  readonly estimatedRows: string | null;
  /** The estimate of its total cost. */
  readonly cost: string | null;
  /** What EXPLAIN ANALYZE measured; null without it. */
  readonly actual: ActualWork | null;
  readonly facts: readonly PlanFact[];
  readonly children: readonly PlanNode[];
}

/** What a node did. */
export interface ActualWork {
  /** For each loop, as the server sent it. */
  readonly rows: string;
  readonly loops: string;
  /** Of all loops, its children included. Milliseconds; null where timing was off. */
  readonly totalMs: number | null;
  /** Without its children. Milliseconds; null where timing was off. */
  readonly selfMs: number | null;
  /**
   * How far the estimate is off: 10 means ten times as many rows as estimated, 0.1 a tenth; null
   * where the node never ran, or a LIMIT may have stopped it early.
   */
  readonly rowsRatio: number | null;
}

/** What EXPLAIN says of one statement. */
export interface Plan {
  readonly root: PlanNode;
  /** Times, triggers, settings and compilation: what belongs to the whole. */
  readonly facts: readonly PlanFact[];
}

/** A node and all below it, from above to below. */
export function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...node.children.flatMap(nodesOf)];
}
