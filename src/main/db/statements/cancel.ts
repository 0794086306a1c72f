import { connect as connectTcp, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, TLSSocket } from 'node:tls';
import type { Session } from '../session/session';
import type { ConnectionSettings } from '../session/connection-settings';
import { DatabaseError } from '../errors/database-error';
import { loadTlsOptions } from '../session/tls';
import { TunnelSocket } from '../session/tunnel-socket';

/** PostgreSQL manual, "Message Formats": CancelRequest and SSLRequest. */
const cancelRequestCode = 80877102;
const sslRequestCode = 80877103;

const cancelTimeoutMs = 5_000;

/**
 * Asks the server to stop what the session runs, over a connection of its own to the very same
 * address (a host name may stand for several servers), with TLS where the session has it: pg's own
 * cancel sends the key in clear. Resolves when the server has taken the request, which it says by
 * closing. The request names a backend, not a statement: nothing may be sent on the session until
 * this has resolved. Raises DatabaseError of kind ConnectionFailed.
 */
export async function cancelRunningStatement(
  session: Session,
  settings: ConnectionSettings,
): Promise<void> {
  const { processID, secretKey } = session;
  if (processID === null || secretKey === null) return;
  const socket = openSocket(session, settings);
  const timer = setTimeout(() => socket.destroy(new Error('timeout expired')), cancelTimeoutMs);
  try {
    await once(socket, 'connect');
    const isEncrypted = session.connection.stream instanceof TLSSocket;
    const channel = isEncrypted ? await encrypt(socket, session, settings) : socket;
    channel.resume();
    const closed = once(channel, 'close', socket);
    // The server closes first, as with libpq: a pooler may drop the request of a client that has left,
    // and PgBouncer 1.18 ends altogether ("bad client state") when that happens in between.
    channel.write(cancelRequest(processID, secretKey));
    await closed;
  } catch (cause) {
    throw new DatabaseError(
      {
        kind: 'ConnectionFailed',
        message:
          'The request to cancel did not reach the server: the statement may still be running.',
        advice: 'Try again, or end the session.',
      },
      { cause },
    );
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

function openSocket(session: Session, { tunnel }: ConnectionSettings): Duplex {
  const { host, port } = session;
  const path = host.startsWith('/') ? `${host}/.s.PGSQL.${port}` : null;
  if (tunnel !== undefined) {
    const socket = new TunnelSocket(tunnel);
    return path === null ? socket.connect(port, host) : socket.connect(path);
  }
  if (path !== null) return connectTcp(path);
  const { stream } = session.connection;
  const address = stream instanceof Socket ? stream.remoteAddress : undefined;
  return connectTcp(port, address ?? host);
}

async function encrypt(
  socket: Duplex,
  { host }: Session,
  settings: ConnectionSettings,
): Promise<TLSSocket> {
  const request = Buffer.alloc(8);
  request.writeInt32BE(8, 0);
  request.writeInt32BE(sslRequestCode, 4);
  const answer = new Promise<Buffer>((resolve, reject) => {
    socket.once('data', resolve);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('The server closed the connection.')));
  });
  socket.write(request);
  if ((await answer).toString('latin1') !== 'S') throw new Error('The server refused TLS.');
  const options = await loadTlsOptions({ ...settings, host });
  // `host` is what the certificate is checked against where the host is an address.
  const secure = connectTls({ ...(options === false ? {} : options), socket, host });
  await once(secure, 'secureConnect', socket);
  return secure;
}

function cancelRequest(processId: number, secretKey: number): Buffer {
  const request = Buffer.alloc(16);
  request.writeInt32BE(16, 0);
  request.writeInt32BE(cancelRequestCode, 4);
  request.writeInt32BE(processId, 8);
  request.writeInt32BE(secretKey, 12);
  return request;
}

/**
 * Waits for an event of a stream. An end without a word is a failure of any event but the end: TLS
 * over a stream that is no socket says nothing at all when that is closed under it (Node.js 18), so
 * `below` is watched too.
 */
function once(
  stream: Duplex,
  event: 'connect' | 'secureConnect' | 'close',
  below: Duplex = stream,
): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once(event, () => resolve());
    // A server may reset instead of closing politely once it has read the request.
    const settle = event === 'close' ? () => resolve() : reject;
    for (const each of new Set([stream, below])) {
      each.once('error', settle);
      each.once('close', () => settle(new Error('The server closed the connection.')));
    }
  });
}
