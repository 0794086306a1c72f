import { describe, expect, it } from 'vitest';
import { parsePlans } from '../../../../../src/renderer/features/query/plan/parse-plan';
import { nodesOf, type PlanNode } from '../../../../../src/renderer/features/query/plan/plan-node';

const parse = (plan: object, rest: object = {}): PlanNode => {
  const [first] = parsePlans(JSON.stringify([{ Plan: plan, ...rest }])) ?? [];
  if (first === undefined) throw new Error('It is no plan.');
  return first.root;
};

describe('the label of a node', () => {
  it.each([
    [{ 'Node Type': 'Seq Scan', 'Relation Name': 'a', Alias: 'a' }, 'Seq Scan on a'],
    [
      { 'Node Type': 'Seq Scan', 'Relation Name': 'a', Schema: 's', Alias: 'b' },
      'Seq Scan on s.a b',
    ],
    [
      {
        'Node Type': 'Index Only Scan',
        'Scan Direction': 'Backward',
        'Index Name': 'i',
        'Relation Name': 'a',
        Alias: 'a',
      },
      'Index Only Scan Backward using i on a',
    ],
    [{ 'Node Type': 'Bitmap Index Scan', 'Index Name': 'i' }, 'Bitmap Index Scan on i'],
    [{ 'Node Type': 'Hash Join', 'Join Type': 'Left' }, 'Hash Left Join'],
    [{ 'Node Type': 'Hash Join', 'Join Type': 'Inner' }, 'Hash Join'],
    [{ 'Node Type': 'Nested Loop', 'Join Type': 'Anti' }, 'Nested Loop Anti Join'],
    [{ 'Node Type': 'Aggregate', Strategy: 'Hashed' }, 'HashAggregate'],
    [
      { 'Node Type': 'Aggregate', Strategy: 'Sorted', 'Partial Mode': 'Partial' },
      'Partial GroupAggregate',
    ],
    [{ 'Node Type': 'Aggregate', Strategy: 'Plain', 'Partial Mode': 'Simple' }, 'Aggregate'],
    [
      { 'Node Type': 'ModifyTable', Operation: 'Update', 'Relation Name': 'a', Alias: 'a' },
      'Update on a',
    ],
    [
      { 'Node Type': 'Seq Scan', 'Parallel Aware': true, 'Relation Name': 'a', Alias: 'a' },
      'Parallel Seq Scan on a',
    ],
    [{ 'Node Type': 'CTE Scan', 'CTE Name': 'c', Alias: 'c' }, 'CTE Scan on c'],
    [{ 'Node Type': 'Subquery Scan', Alias: 'q' }, 'Subquery Scan on q'],
    [{ 'Node Type': 'Function Scan', 'Function Name': 'f', Alias: 'g' }, 'Function Scan on f g'],
    [{ 'Node Type': 'SetOp', Strategy: 'Hashed', Command: 'Except' }, 'HashSetOp Except'],
    [{ 'Node Type': 'Result' }, 'Result'],
  ])('of %o', (plan, label) => {
    expect(parse(plan).label).toBe(label);
  });
});

describe('a plan', () => {
  const scan = { 'Node Type': 'Seq Scan', 'Relation Name': 'a', Alias: 'a', 'Plan Rows': 10 };

  it('has its nodes as a tree with places and roles', () => {
    const root = parse({
      'Node Type': 'Hash Join',
      Plans: [
        { ...scan, 'Parent Relationship': 'Outer' },
        { 'Node Type': 'Hash', 'Parent Relationship': 'Inner', Plans: [scan] },
        { ...scan, 'Parent Relationship': 'InitPlan', 'Subplan Name': 'InitPlan 1' },
      ],
    });
    expect(nodesOf(root).map(({ id, depth, role }) => [id, depth, role])).toEqual([
      ['0', 0, null],
      ['0.0', 1, null],
      ['0.1', 1, 'Inner'],
      ['0.1.0', 2, null],
      ['0.2', 1, 'InitPlan 1'],
    ]);
  });

  it('has estimates alone without ANALYZE', () => {
    const root = parse({ ...scan, 'Startup Cost': 0.0, 'Total Cost': 35.5 });
    expect(root).toMatchObject({ actual: null, estimatedRows: '10', cost: '35.5' });
  });

  it('takes the time of the children from that of their parent, times their loops', () => {
    const root = parse({
      'Node Type': 'Nested Loop',
      'Plan Rows': 1,
      'Actual Rows': 100,
      'Actual Loops': 1,
      'Actual Total Time': 30,
      Plans: [
        { ...scan, 'Actual Rows': 10, 'Actual Loops': 1, 'Actual Total Time': 2 },
        { ...scan, 'Actual Rows': 1, 'Actual Loops': 10, 'Actual Total Time': 2.5 },
      ],
    });
    expect(root.actual).toEqual({
      rows: '100',
      loops: '1',
      totalMs: 30,
      selfMs: 3,
      rowsRatio: 100,
    });
    expect(root.children[1]?.actual).toMatchObject({ totalMs: 25, selfMs: 25, rowsRatio: 0.1 });
  });

  it('counts what processes do beside each other once', () => {
    const root = parse({
      'Node Type': 'Gather',
      'Plan Rows': 30,
      'Workers Launched': 2,
      'Actual Rows': 30,
      'Actual Loops': 1,
      'Actual Total Time': 12,
      Plans: [{ ...scan, 'Actual Rows': 10, 'Actual Loops': 3, 'Actual Total Time': 9 }],
    });
    expect(root.children[0]?.actual).toMatchObject({ totalMs: 9 });
    expect(root.actual).toMatchObject({ selfMs: 3 });
  });

  it('knows no ratio of what never ran, and no time where timing was off', () => {
    const idle = parse({
      ...scan,
      'Actual Rows': 0,
      'Actual Loops': 0,
      'Actual Total Time': 0,
    });
    expect(idle.actual?.rowsRatio).toBeNull();
    const untimed = parse({ ...scan, 'Actual Rows': 5, 'Actual Loops': 1 });
    expect(untimed.actual).toMatchObject({ totalMs: null, selfMs: null, rowsRatio: 0.5 });
  });

  it('does not call it a wrong estimate that a LIMIT stopped a node early', () => {
    const few = { 'Plan Rows': 1000, 'Actual Rows': 10, 'Actual Loops': 1 };
    const root = parse({
      'Node Type': 'Limit',
      'Plan Rows': 10,
      'Actual Rows': 10,
      'Actual Loops': 1,
      Plans: [{ 'Node Type': 'Sort', ...few, Plans: [{ ...scan, ...few }] }],
    });
    expect(nodesOf(root).map(({ actual }) => actual?.rowsRatio)).toEqual([1, null, 0.01]);
  });

  it('keeps all else that the server says, digit by digit, but for noughts and what is not so', () => {
    const text = `[{"Plan": {"Node Type": "Sort", "Startup Cost": 0.00, "Sort Key": ["a", "b DESC"],
      "Shared Hit Blocks": 3, "Shared Read Blocks": 0, "Inner Unique": false,
      "Workers": [{"Worker Number": 0, "Sort Space Used": 25}], "Output": []},
      "Planning": {"Shared Hit Blocks": 7}, "Planning Time": 0.120,
      "Triggers": [{"Trigger Name": "t", "Calls": 2}], "Execution Time": 12345678901234567890.100}]`;
    const [plan] = parsePlans(text) ?? [];
    expect(plan?.root.facts).toEqual([
      { label: 'Startup Cost', text: '0.00' },
      { label: 'Sort Key', text: 'a, b DESC' },
      { label: 'Shared Hit Blocks', text: '3' },
      { label: 'Workers 1: Worker Number', text: '0' },
      { label: 'Workers 1: Sort Space Used', text: '25' },
    ]);
    expect(plan?.facts).toEqual([
      { label: 'Planning: Shared Hit Blocks', text: '7' },
      { label: 'Planning Time', text: '0.120' },
      { label: 'Triggers 1: Trigger Name', text: 't' },
      { label: 'Triggers 1: Calls', text: '2' },
      { label: 'Execution Time', text: '12345678901234567890.100' },
    ]);
  });

  it.each(['', '{}', '[]', '[1]', '[{"Plan": 1}]', 'Seq Scan on a', '[{"Plan": {}}]'])(
    'is not %s',
    (text) => {
      expect(parsePlans(text)).toBeNull();
    },
  );
});
