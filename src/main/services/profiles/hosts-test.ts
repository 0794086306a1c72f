import { serverName } from '@shared/formats/server-name';
import type { ConnectionTest, ConnectionTestStep } from '@shared/models/connection-profile';
import { connectClient, connectContext } from '../../db/session/client';
import type { ConnectionSettings } from '../../db/session/connection-settings';
import { addressOf } from '../../db/errors/error-context';
import { toDatabaseError, type DatabaseError } from '../../db/errors/database-error';
import {
  hostsOf,
  mismatchError,
  mismatchOf,
  noHostError,
  withAddress,
} from '../../db/server/hosts';
import { readServerRole, type ServerRole } from '../../db/server/server-role';
import type { ConnectionTestOptions } from './connection-test';

interface TriedHost {
  readonly settings: ConnectionSettings;
  readonly durationMs: number;
  readonly outcome: ServerRole | DatabaseError;
}

/**
 * Opens a session with each of several hosts, all at once: one step for each tells what it is, or why
 * it cannot be used. The test has passed when one of them is of the kind that is asked for. Never
 * raises for a failure of a connection.
 */
export async function testHosts(
  settings: ConnectionSettings,
  options: ConnectionTestOptions,
): Promise<ConnectionTest> {
  const { tunnel } = settings;
  try {
    // Where the way there asks a question, it asks once, before all hosts are tried.
    await tunnel?.open(options.signal);
    const tried = await Promise.all(
      hostsOf(settings).map((address) => tryHost({ ...settings, ...address }, options)),
    );
    const steps = tried.map(stepOf);
    if (steps.some(({ ok }) => ok)) return { ok: true, steps };
    const failures = tried.map((host) => ({ address: host.settings, error: failureOf(host) }));
    return { ok: false, steps, error: noHostError(failures).data };
  } catch (error) {
    // Each host's failure is in its step: this is the tunnel's.
    return { ok: false, steps: [], error: toDatabaseError(error, connectContext(settings)).data };
  } finally {
    tunnel?.close();
  }
}

async function tryHost(
  settings: ConnectionSettings,
  options: ConnectionTestOptions,
): Promise<TriedHost> {
  const startedAt = performance.now();
  let outcome: ServerRole | DatabaseError | null = null;
  try {
    const session = await connectClient(settings, {
      ...options,
      prepare: async (opened) => {
        outcome = await readServerRole(opened);
      },
    });
    session.destroy();
  } catch (error) {
    outcome = toDatabaseError(error, connectContext(settings));
  }
  outcome ??= toDatabaseError(new Error('The server did not say what it is.'));
  return { settings, durationMs: performance.now() - startedAt, outcome };
}

function stepOf(host: TriedHost): ConnectionTestStep {
  const { settings, durationMs, outcome } = host;
  const address = addressOf(settings);
  if (outcome instanceof Error) {
    const detail = withAddress(settings, outcome.message);
    return { name: 'host', ok: false, durationMs, detail };
  }
  const { version, isStandby, isReadOnly } = outcome;
  const kind = isStandby ? 'standby' : isReadOnly ? 'primary, starts read-only' : 'primary';
  const reason = mismatchOf(settings.targetSessionAttrs ?? 'any', outcome);
  const unfit = reason === null ? '' : ', not of the kind asked for';
  return {
    name: 'host',
    ok: reason === null,
    durationMs,
    detail: `${address}: ${kind}, ${serverName(version)}${unfit}`,
  };
}

function failureOf({ settings, outcome }: TriedHost): DatabaseError {
  if (outcome instanceof Error) return outcome;
  const reason = mismatchOf(settings.targetSessionAttrs ?? 'any', outcome);
  return mismatchError(settings, reason ?? 'can be used');
}
