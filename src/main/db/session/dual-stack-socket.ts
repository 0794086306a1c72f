import { Socket, type SocketConnectOpts } from 'node:net';

/** How long one address of several may take, in milliseconds, before the next is tried too. */
const attemptTimeoutMs = 1_500;

/**
 * A socket that tries every address of a host name in turn, as libpq does. Node does so by itself
 * only since version 20, and then gives each but the last a quarter of a second, which is too short
 * for a server on another continent (nodejs/node#54359). A name such as "localhost" often has an
 * IPv6 address on which no server listens.
 */
export class DualStackSocket extends Socket {
  /** pg calls it with port and host, or with the path of a Unix socket. */
  override connect(
    target: SocketConnectOpts | number | string,
    host?: string | (() => void),
    listener?: () => void,
  ): this {
    if (typeof target === 'number' && typeof host === 'string') {
      const everyAddress = {
        autoSelectFamily: true,
        autoSelectFamilyAttemptTimeout: attemptTimeoutMs,
      };
      return super.connect({ port: target, host, ...everyAddress }, listener);
    }
    if (typeof target === 'object') return super.connect(target, listener);
    if (typeof target === 'string') return super.connect(target, listener);
    return super.connect(target, listener);
  }
}
