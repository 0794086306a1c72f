import { beforeAll, describe, expect, it } from 'vitest';
import { QueryValidator } from '../../../../../../src/main/services/query-validator';
import type {
  ConfirmationRequest,
  StatementInQuestion,
} from '../../../../../../src/main/services/query/confirmation/confirmation';
import { describeConfirmation } from '../../../../../../src/main/services/query/confirmation/confirmation-text';
import { emptyImpact, type Impact } from '../../../../../../src/main/services/query/impact/impact';
import { loadParser } from '../../../../../../src/main/sql/parser';
import type { Connection } from '../../../../../../src/shared/models/connection-profile';

beforeAll(() => loadParser());

const connection: Connection = {
  connectionId: '4f5e2c1a-8b7d-4c3e-9f0a-1b2c3d4e5f60',
  profileId: null,
  origin: 'environment',
  name: 'EU-1',
  color: 'red',
  environment: 'production',
  host: 'db.example.com',
  port: 5432,
  database: 'shop',
  user: 'ada',
  readOnly: false,
  serverVersion: '18.1',
  tls: null,
};

function inQuestion(text: string, seen: Partial<StatementInQuestion> = {}): StatementInQuestion {
  const [analysis] = QueryValidator.analyse(text);
  if (analysis === undefined) throw new Error('There is no statement.');
  const { kind, risks } = analysis;
  return { text, kind, risks, impacts: [], unknown: null, ...seen };
}

function ask(
  statements: readonly StatementInQuestion[],
  change: Partial<ConfirmationRequest> = {},
): ConfirmationRequest {
  return {
    connection,
    statements,
    total: statements.length,
    canReview: true,
    waivable: [],
    ...change,
  };
}

const deletes: Impact = {
  ...emptyImpact('delete'),
  whole: 'no-where',
  touched: { count: 1_204_332, isExact: false },
  bytes: 325_058_560,
  targets: [{ name: 'shop.orders', kind: 'table', rows: null, partitions: 0, isTemporary: false }],
  referringTables: ['shop.items', 'shop.notes', 'shop.parcels'].map((name) => ({
    name,
    onDelete: 'cascade',
    isDirect: true,
  })),
};

describe('describeConfirmation', () => {
  it('says in one sentence how much of what is lost where', () => {
    const text = 'delete from shop.orders';
    const { message, detail } = describeConfirmation(
      ask([inQuestion(text, { impacts: [deletes] })]),
    );
    expect(message).toBe(
      'DELETE without WHERE removes all ~1,204,332 rows (310 MB) of shop.orders in production "EU-1". 3 tables refer to it.',
    );
    expect(detail.split('\n')).toEqual([
      'ON DELETE CASCADE also deletes from shop.items, shop.notes and shop.parcels.',
      '',
      text,
      '',
      'On PRODUCTION "EU-1" (ada@db.example.com, database shop).',
      'Nothing has been sent yet.',
    ]);
  });

  it('falls back on what the text alone says, and names what is not known', () => {
    const { message, detail } = describeConfirmation(
      ask([inQuestion('delete from shop.orders', { unknown: 'looking took too long' })]),
    );
    expect(message).toBe(
      'Deletes every row of shop.orders: it has no WHERE. This is production "EU-1".',
    );
    expect(detail).toContain('How much it touches is not known: looking took too long.');
  });

  it('keeps the reasons that a look at the tables does not cover', () => {
    const impact: Impact = { ...deletes, action: 'alter', bytes: 8_192 * 2, referringTables: [] };
    const { message, detail } = describeConfirmation(
      ask([inQuestion('alter table shop.orders drop column state', { impacts: [impact] })]),
    );
    expect(message).toBe(
      'Drops column state of shop.orders with its values. This is production "EU-1".',
    );
    expect(detail).toContain('ALTER acts on shop.orders');
  });

  it('keeps the reason where the look saw something else than it tells', () => {
    const holder = {
      name: 'shop.totals',
      kind: 'materialized view',
      rows: null,
      partitions: 0,
      isTemporary: false,
    };
    const { message } = describeConfirmation(
      ask([
        inQuestion('refresh materialized view shop.totals with no data', {
          impacts: [{ ...emptyImpact('alter'), targets: [holder] }],
        }),
      ]),
    );
    expect(message).toBe(
      'Removes every row of shop.totals (WITH NO DATA). This is production "EU-1".',
    );
    const { detail } = describeConfirmation(
      ask([
        inQuestion('with gone as (delete from shop.orders returning *) select 1', {
          impacts: [{ ...deletes, whole: null }],
        }),
      ]),
    );
    expect(detail).toContain('Deletes every row of shop.orders: it has no WHERE.');
  });

  it('shows what the parser said of a statement that it does not know', () => {
    const { message } = describeConfirmation(ask([inQuestion('delte from shop.orders')]));
    expect(message).toContain('syntax error at or near "delte"');
  });

  it('lists several statements, and says how many others there are', () => {
    const statements = ['delete from a', 'truncate b', 'drop table c'].map((text) =>
      inQuestion(text),
    );
    const { message, detail } = describeConfirmation(ask(statements, { total: 5 }));
    expect(message).toBe('Run these 3 statements in production "EU-1"?');
    expect(detail).toContain('• Removes every row of b.');
    expect(detail).toContain('3 of the 5 statements need this confirmation.');
  });

  it('stays short, however much there is to say', () => {
    const statements = Array.from({ length: 40 }, (_, index) => inQuestion(`drop table t${index}`));
    const { detail } = describeConfirmation(ask(statements));
    expect(detail.split('\n').length).toBeLessThanOrEqual(11);
    expect(detail).toContain('… and 33 more.');
    const script = Array.from({ length: 22_000 }, () => inQuestion('drop table t'));
    expect(describeConfirmation(ask(script)).detail).toContain('… and 21,993 more.');
    const long = `delete from t where a in (${'1, '.repeat(1_000)}1) and true or true`;
    expect(describeConfirmation(ask([inQuestion(long)])).detail.length).toBeLessThan(700);
  });

  it('shows the beginning of a statement, however many lines it has', () => {
    const text = `delete from t${'\n'.repeat(200)}where true or '\u202E' = 'x'`;
    const { detail } = describeConfirmation(ask([inQuestion(text)]));
    expect(detail.split('\n').length).toBeLessThanOrEqual(12);
    const turned = describeConfirmation(ask([inQuestion(`delete from t -- \u202E`)]));
    expect(turned.detail).not.toContain('\u202E');
  });

  it('lets no name shape the dialog', () => {
    const impact: Impact = {
      ...deletes,
      targets: [
        { name: '"a\n\u202Eb"', kind: 'table', rows: null, partitions: 0, isTemporary: false },
      ],
    };
    const { message } = describeConfirmation(
      ask([inQuestion('delete from t', { impacts: [impact] })], {
        connection: { ...connection, name: 'EU\n1' },
      }),
    );
    expect(message).not.toMatch(/[\n\u202E]/u);
  });

  it('offers to ask no more only for the kinds that it is given', () => {
    const statements = [inQuestion('delete from t')];
    expect(describeConfirmation(ask(statements)).waiver).toBeNull();
    expect(describeConfirmation(ask(statements, { waivable: ['delete', 'drop'] })).waiver).toBe(
      'Do not ask again in this tab for DELETE and DROP',
    );
  });
});
