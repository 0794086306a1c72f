import { DatabaseError as ServerError } from 'pg';
import { describe, expect, it } from 'vitest';
import type { Session } from '../../../../../src/main/db/session/session';
import { readServerRole } from '../../../../../src/main/db/server/server-role';

/** A server of another make, which answers what it is told to. */
function serverThat(answers: (text: string) => Record<string, string>): Session {
  const query = (text: string): Promise<{ rows: Record<string, string>[] }> =>
    Promise.resolve().then(() => ({ rows: [answers(text)] }));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the function uses nothing else of a session.
  return { query } as unknown as Session;
}

function refusal(code: string): ServerError {
  return Object.assign(new ServerError('unknown function', 0, 'error'), {
    code,
    severity: 'ERROR',
  });
}

describe('a server', () => {
  it.each(['16.3 (Citus 12)', '15.4-YB-2.25.1.0-b0', 'CockroachDB CCL v24.1.0'])(
    'keeps its version "%s" as it says it',
    async (version) => {
      const row = { version, standby: 'false', read_only: 'off', pid: '77' };
      expect(await readServerRole(serverThat(() => row))).toEqual({
        version,
        isStandby: false,
        isReadOnly: false,
        backendPid: 77,
      });
    },
  );

  it('that lacks a function is a primary without a known backend', async () => {
    const server = serverThat((text) => {
      if (!text.startsWith('SHOW')) throw refusal('42883');
      return { server_version: '8.0.2' };
    });
    expect(await readServerRole(server)).toEqual({
      version: '8.0.2',
      isStandby: false,
      isReadOnly: false,
      backendPid: null,
    });
  });

  it('that fails otherwise is not taken for anything', async () => {
    const server = serverThat(() => {
      throw refusal('57P01');
    });
    await expect(readServerRole(server)).rejects.toMatchObject({ code: '57P01' });
  });
});
