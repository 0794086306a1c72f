import { describe, expect, it } from 'vitest';
import { explainedChanges } from '../../../../../../src/main/services/query/impact/explained-changes';

const scan = { 'Node Type': 'Seq Scan', 'Plan Rows': 42, 'Total Cost': 12.5 };
const modify = (operation: string, relation: string, source: object) => ({
  'Node Type': 'ModifyTable',
  Operation: operation,
  Schema: 'shop',
  'Relation Name': relation,
  'Plan Rows': 0,
  'Total Cost': 12.5,
  Plans: [source],
});
const explained = (plan: object) => explainedChanges(JSON.stringify([{ Plan: plan }]));

describe('explainedChanges', () => {
  it('reads rows and cost from what feeds the change', () => {
    expect(explained(modify('Delete', 'orders', scan))).toEqual([
      {
        action: 'delete',
        schema: 'shop',
        name: 'orders',
        rows: { count: 42, isExact: false },
        cost: 12.5,
      },
    ]);
  });

  it('finds changes below a query, and below another change', () => {
    const nested = modify('Update', 'orders', { ...scan, Plans: [modify('Insert', 'log', scan)] });
    expect(
      explained({ ...scan, Plans: [nested] }).map(({ action, name }) => [action, name]),
    ).toEqual([
      ['update', 'orders'],
      ['insert', 'log'],
    ]);
  });

  it('takes the rows of VALUES as counted, those of a query as guessed', () => {
    const values = { 'Node Type': 'Values Scan', 'Plan Rows': 3, 'Total Cost': 0.1 };
    expect(explained(modify('Insert', 'log', values))[0]?.rows).toEqual({
      count: 3,
      isExact: true,
    });
    expect(explained(modify('Insert', 'log', scan))[0]?.rows.isExact).toBe(false);
  });

  it('has nothing to say of a plain query', () => {
    expect(explained(scan)).toEqual([]);
  });
});
