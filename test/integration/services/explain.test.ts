import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { DatabaseService } from '../../../src/main/services/db-service';
import type { ConfirmationRequest } from '../../../src/main/services/query/confirmation/confirmation';
import { loadParser } from '../../../src/main/sql/parser';
import { parsePlans } from '../../../src/renderer/features/query/plan/parse-plan';
import { nodesOf, type PlanNode } from '../../../src/renderer/features/query/plan/plan-node';
import type { QueryRun, StatementOutcome } from '../../../src/shared/models/query-result';
import { cellText } from '../../../src/shared/models/row-batch';
import type { ExplainMode } from '../../../src/shared/sql/explain';
import { createDatabase, type TestDatabase } from '../database';
import { openConnection } from './open-connection';

describe('explaining a statement', () => {
  let database: TestDatabase;
  let registry: ConnectionRegistry;
  let service: DatabaseService;
  let connectionId: string;
  let asked: ConfirmationRequest[];

  beforeAll(async () => {
    await loadParser();
    database = await createDatabase();
    ({ registry, connectionId } = await openConnection(database.settings));
    service = new DatabaseService(registry);
    await run('create table items as select i, i % 7 as seventh from generate_series(1, 1000) i');
    await run('analyze items');
  });
  afterAll(async () => {
    await registry.closeAll();
    await database.drop();
  });
  beforeEach(() => {
    asked = [];
  });

  const run = (
    text: string,
    explain?: ExplainMode,
    parameters?: Record<string, string>,
  ): Promise<QueryRun> =>
    service.executeQuery(
      connectionId,
      {
        tabId: randomUUID(),
        executionId: randomUUID(),
        text,
        target: { kind: 'statement-at', offset: 0 },
        explain,
        parameters,
      },
      {
        confirm: (request) => {
          asked.push(request);
          return Promise.resolve({ choice: 'cancel', waive: false });
        },
        onProgress: () => undefined,
      },
    );
  const allTexts = (outcome: StatementOutcome | undefined): (string | null)[] => {
    if (outcome?.status !== 'done') throw new Error(JSON.stringify(outcome));
    const { rows } = outcome.result;
    return Array.from({ length: rows.ends.length }, (_, row) => cellText(rows, row, 0));
  };
  const planOf = (outcome: StatementOutcome | undefined): PlanNode => {
    const text = allTexts(outcome).join('\n');
    const [plan] = parsePlans(text) ?? [];
    if (plan === undefined) throw new Error(text);
    return plan.root;
  };
  const count = async (): Promise<string | null | undefined> => {
    const [outcome] = (await run('select count(*) from items')).outcomes;
    return allTexts(outcome)[0];
  };

  it('copies no rows', async () => {
    await run('create table copied (i int)');
    await expect(run('copy copied from stdin;\n1\n\\.\n', 'plan')).rejects.toMatchObject({
      data: { kind: 'InvalidInput', message: expect.stringContaining('nothing was sent') },
    });
    expect((await database.query('select from copied')).rowCount).toBe(0);
  });

  it('tells how the server would go about it', async () => {
    const { outcomes } = await run('select seventh, count(*) from items group by 1', 'plan');
    const root = planOf(outcomes[0]);
    expect(root).toMatchObject({ label: 'HashAggregate', actual: null, estimatedRows: '7' });
    expect(nodesOf(root).at(-1)?.label).toBe('Seq Scan on items');
  });

  it('runs it for the times, and counts what each node gave', async () => {
    const root = planOf((await run('select * from items where i <= 10', 'analyze')).outcomes[0]);
    expect(Number(root.actual?.rows)).toBe(10);
    expect(root.actual?.totalMs).toBeGreaterThan(0);
  });

  it('takes parameters', async () => {
    const { outcomes } = await run('select * from items where i = :wanted', 'analyze', {
      ':wanted': '5',
    });
    expect(Number(planOf(outcomes[0]).actual?.rows)).toBe(1);
  });

  it('asks before it runs what destroys data, and does nothing when that is declined', async () => {
    const { outcomes } = await run('delete from items', 'analyze');
    expect(outcomes).toMatchObject([{ status: 'declined' }]);
    expect(asked).toHaveLength(1);
    expect(await count()).toBe('1000');
  });

  it('changes nothing and asks nothing without running it', async () => {
    const root = planOf((await run('delete from items', 'plan')).outcomes[0]);
    expect(root.label).toBe('Delete on items');
    expect(asked).toEqual([]);
    expect(await count()).toBe('1000');
  });

  it('leaves an EXPLAIN as it is', async () => {
    const { outcomes } = await run('-- why\nexplain (costs off) select 1', 'analyze');
    expect(allTexts(outcomes[0])).toEqual(['Result']);
  });

  it('tells of a mistake at its place in the text that was written', async () => {
    const { outcomes } = await run('select nothing from items', 'plan');
    expect(outcomes).toMatchObject([
      { status: 'failed', error: { sqlState: '42703', position: 7 } },
    ]);
  });

  it('says what cannot be explained', async () => {
    const { outcomes } = await run('create table more (i int)', 'plan');
    expect(outcomes).toMatchObject([{ status: 'failed', error: { sqlState: '42601' } }]);
  });
});
