import { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { expect, it } from 'vitest';
import { cancelRunningStatement } from '../../../../../src/main/db/statements/cancel';
import type { Session } from '../../../../../src/main/db/session/session';
import type { ConnectionSettings } from '../../../../../src/main/db/session/connection-settings';
import { DatabaseError } from '../../../../../src/main/db/errors/database-error';

/** A session that is encrypted, as far as a cancel looks at it. */
const session = {
  host: 'db.example',
  port: 5432,
  processID: 1,
  secretKey: 2,
  connection: { stream: new TLSSocket(new Duplex()) },
} as unknown as Session;

/** A stream through a tunnel: says yes to TLS, and closes without a word at the message behind it. */
function closingStream(): Duplex {
  let messages = 0;
  const stream = new Duplex({
    read: () => undefined,
    write: (_chunk, _encoding, done) => {
      messages += 1;
      if (messages === 1) stream.push('S');
      else stream.destroy();
      done();
    },
  });
  return stream;
}

it('fails when the stream of a tunnel closes in the middle of the TLS handshake', async () => {
  const settings = {
    host: 'db.example',
    ssl: { mode: 'require' },
    tunnel: {
      name: 'bastion',
      open: () => Promise.resolve({ description: '', durationMs: 0 }),
      openStream: () => Promise.resolve(closingStream()),
      close: () => undefined,
    },
  } as unknown as ConnectionSettings;
  const error: unknown = await cancelRunningStatement(session, settings).catch(
    (raised: unknown) => raised,
  );
  expect(error).toBeInstanceOf(DatabaseError);
  expect(error).toMatchObject({ kind: 'ConnectionFailed' });
});
