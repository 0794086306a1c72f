import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { sampleDirectory } from '../../../src/main/services/sample/placement';
import type { SampleAddress } from '../../../src/main/services/sample/sample-server';

/** A data directory of the sample server for one test file. */
export interface SampleFolder {
  readonly path: string;
  remove(): Promise<void>;
}

export async function makeSampleFolder(): Promise<SampleFolder> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'postern-sample-')));
  return {
    path,
    remove: async () => {
      await rm(sampleDirectory(path), { recursive: true, force: true });
      await rm(path, { recursive: true, force: true });
    },
  };
}

/** Rows with every value as the text that the server sent. */
export async function queryRows(
  address: SampleAddress,
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly Record<string, string | null>[]> {
  const client = new Client({
    host: address.host,
    port: address.port,
    database: address.database,
    user: address.user,
    password: async () => (await address.password()) ?? '',
    types: { getTypeParser: () => (value: unknown) => value },
  });
  await client.connect();
  try {
    return (await client.query<Record<string, string | null>>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** The one value of the one row of a statement. */
export async function queryValue(
  address: SampleAddress,
  sql: string,
  values: readonly unknown[] = [],
): Promise<string | null> {
  const [row] = await queryRows(address, sql, values);
  return Object.values(row ?? {})[0] ?? null;
}
