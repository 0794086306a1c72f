import { DatabaseError } from '../../../../src/main/db/errors/database-error';
import { Keychain } from '../../../../src/main/storage/keychain';

/**
 * Calls the keychain as its arguments say, one `method account secret` each, and writes one line of
 * JSON for each: the result, or the error as data.
 */
const keychain = new Keychain({
  service: 'Postern test',
  checkDeadlineMs: 2_000,
  deadlineMs: 2_000,
});
for (const call of process.argv.slice(2)) {
  const [method = '', account = '', secret = ''] = call.split(' ');
  const answer = await run(method, account, secret).then(
    (value) => ({ value: value ?? null }),
    (error: unknown) => {
      if (error instanceof DatabaseError) return { error: error.data };
      throw error;
    },
  );
  const line = { method, ...answer };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

// As the app does when it quits: a call that hangs would keep the process from ending.
if (keychain.isBusy) process.kill(process.pid, 'SIGKILL');

function run(method: string, account: string, secret: string): Promise<unknown> {
  switch (method) {
    case 'check':
      return keychain.check();
    case 'get':
      return keychain.get(account);
    case 'set':
      return keychain.set(account, secret);
    case 'delete':
      return keychain.delete(account);
    default:
      throw new Error(`Unknown method ${method}.`);
  }
}
