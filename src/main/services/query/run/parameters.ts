import { sqlLiteral } from '@shared/formats/sql-literal';
import type {
  ParameterValue,
  ParameterValues,
  QueryParameter,
  RefusedValue,
} from '@shared/models/query-parameter';
import type { RunTarget } from '@shared/models/query-result';
import {
  type BoundStatement,
  bindParameters,
  findParameters,
  type ParameterUse,
} from '@shared/sql/parameters';
import type { Statement } from '@shared/sql/statements';
import { DatabaseError, toDatabaseError } from '../../../db/errors/database-error';
import { checkValue, describeParameters } from '../../../db/statements/parameters';
import type { PooledClient } from '../../../db/pool/pooled-client';
import type { OpenConnection } from '../../connections/open-connection';
import type { Examiner } from '../examination/examiner';

/** A statement with the values of its parameters. */
export interface SentStatement extends BoundStatement {
  readonly values: readonly (string | null)[];
}

export interface ParameterRequest {
  readonly tabId: string;
  readonly text: string;
  readonly target: RunTarget;
}

export interface ValuesRequest {
  readonly tabId: string;
  readonly values: readonly ParameterValue[];
}

/** Errors that speak of a value: data exceptions and broken constraints of domains (manual, appendix A). */
const aboutValues = /^2[23]/;

/**
 * The parameters of the statements that a target stands for, each name once, in order. Nothing runs.
 * Where the tab keeps a session outside of a transaction, it is asked for the types; else another.
 */
export async function listParameters(
  connection: OpenConnection,
  examiner: Examiner,
  { tabId, text, target }: ParameterRequest,
): Promise<QueryParameter[]> {
  const found = await examiner.find({ text, target });
  const bound = found.flatMap(({ statement, range, parameters }) =>
    parameters.length > 0
      ? [{ ...boundStatement(statement.text, range.from, parameters), statement }]
      : [],
  );
  if (bound.length === 0) return [];
  const typesOfAll = await withSession(connection, tabId, async (pooled) => {
    const { client } = pooled;
    const settled = <T>(work: () => Promise<T>): Promise<T> => withSettings(pooled, work);
    const described: (readonly number[])[] = [];
    for (const { text: sent } of bound) {
      // A statement that the server refuses is told of when it runs.
      described.push(await settled(() => describeParameters(client, sent)).catch(() => []));
    }
    return described;
  });
  const named = new Map<string, { oid: number; statement: Statement }>();
  for (const [index, { names, statement }] of bound.entries()) {
    for (const [at, name] of names.entries()) {
      if (name === null || (named.get(name)?.oid ?? 0) !== 0) continue;
      named.set(name, { oid: typesOfAll[index]?.[at] ?? 0, statement });
    }
  }
  const entries = [...named.entries()];
  const described = await connection.describer.describe(entries.map(([, { oid }]) => fieldOf(oid)));
  return entries.map(([name, { oid, statement }], index) => ({
    name,
    type: oid === 0 ? null : { oid, name: described[index]?.type ?? '' },
    statement: name.startsWith('$') ? statement.text.slice(0, 1000) : '',
  }));
}

/** The values that their types refuse, with what the server says. Nothing runs. */
export async function refusedValues(
  connection: OpenConnection,
  { tabId, values }: ValuesRequest,
): Promise<RefusedValue[]> {
  return withSession(connection, tabId, async ({ client }) => {
    const refused: RefusedValue[] = [];
    for (const { name, typeOid, value } of values) {
      try {
        await checkValue(client, typeOid, value);
      } catch (error) {
        const { data } = toDatabaseError(error, { phase: 'query' });
        const { position: _position, ...rest } = data;
        if (aboutValues.test(data.sqlState ?? '')) refused.push({ name, error: rest });
      }
    }
    return refused;
  });
}

/** Raises DatabaseError of kind InvalidInput for a number that is left out: the server would look for its type. */
function boundStatement(text: string, from: number, uses: readonly ParameterUse[]): BoundStatement {
  const bound = bindParameters(text, uses);
  const absent = bound.names.indexOf(null);
  if (absent < 0) return bound;
  const behind = uses.find(({ name }) => Number(name.slice(1)) > absent + 1);
  throw new DatabaseError({
    kind: 'InvalidInput',
    message: `The statement has a parameter ${behind?.name ?? ''} and no $${absent + 1}: nothing was sent.`,
    advice: 'Number its parameters from $1 on without a gap, or give them names, such as :name.',
    ...(behind !== undefined && { position: from + behind.from }),
  });
}

/**
 * A statement as it is sent. Raises DatabaseError of kind InvalidInput when a value is missing, or one
 * of its numbers. `uses` are its parameters, where they are known.
 */
export function sentStatement(
  statement: Statement,
  from: number,
  values: ParameterValues,
  uses = findParameters(statement.text),
): SentStatement {
  if (statement.kind !== 'sql') {
    return { text: statement.text, names: [], originalOffset: (at) => at, values: [] };
  }
  const bound = boundStatement(statement.text, from, uses);
  const missing = uses.find(({ name }) => !Object.hasOwn(values, name));
  if (missing !== undefined) {
    throw new DatabaseError({
      kind: 'InvalidInput',
      message: `The parameter ${missing.name} has no value.`,
      advice: 'Run the statement again and give it one.',
      position: from + missing.from,
    });
  }
  return {
    ...bound,
    values: bound.names.map((name) => (name === null ? null : (values[name] ?? null))),
  };
}

/**
 * A statement with its values written into it as literals: for a look at what it would do, since the
 * plan of a DELETE takes no parameters apart from its text. What runs is never made in this way.
 */
export function withLiterals({ text, values }: SentStatement): string {
  if (values.length === 0) return text;
  let written = '';
  let at = 0;
  for (const { name, from, to } of findParameters(text)) {
    const value = values[Number(name.slice(1)) - 1] ?? null;
    written += `${text.slice(at, from)} ${sqlLiteral(value, 0)} `;
    at = to;
  }
  return written + text.slice(at);
}

/** Runs `work` under the settings that the session itself cannot hold; see transactionSettings. */
async function withSettings<T>(client: PooledClient, work: () => Promise<T>): Promise<T> {
  const { transactionSettings } = client;
  if (transactionSettings.length === 0 || client.client.getTransactionStatus() !== 'I') {
    return work();
  }
  await client.query(['BEGIN READ ONLY', ...transactionSettings].join('; '));
  try {
    return await work();
  } finally {
    await client.query('ROLLBACK');
  }
}

async function withSession<T>(
  connection: OpenConnection,
  tabId: string,
  work: (client: PooledClient) => Promise<T>,
): Promise<T> {
  const session = connection.tab(tabId);
  // A mistake would fail an open transaction, which is the person's.
  const answer = session.transaction === 'idle' ? await session.inspect(work) : null;
  if (answer !== null) return answer;
  const client = await connection.pool.acquire({
    holder: 'parameters',
    signal: AbortSignal.timeout(5_000),
  });
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

/** What the describer wants to know of a type without a modifier. */
const fieldOf = (oid: number) => ({
  name: '',
  tableID: 0,
  columnID: 0,
  dataTypeID: oid,
  dataTypeModifier: -1,
});
