import { Duplex } from 'node:stream';
import type { Tunnel, TunnelTarget } from './tunnel';

/**
 * A stream through a tunnel with what pg uses of a socket: it connects when it is told to, and says
 * 'connect' when it is. There is no port of this computer behind it, so nobody else can use it.
 */
export class TunnelSocket extends Duplex {
  readonly #tunnel: Tunnel;
  readonly #opening = new AbortController();
  #channel: Duplex | null = null;

  constructor(tunnel: Tunnel) {
    // As a socket of TCP: when the other side ends, so does this one.
    super({ allowHalfOpen: false });
    this.#tunnel = tunnel;
  }

  /** pg calls it with port and host, or with the path of a Unix socket. */
  connect(target: number | string, host = 'localhost'): this {
    void this.#connect(typeof target === 'number' ? { host, port: target } : { path: target });
    return this;
  }

  /** The tunnel sends everything at once as it is. */
  setNoDelay(): this {
    return this;
  }

  /** The tunnel asks its far end for signs of life, for all its streams. */
  setKeepAlive(): this {
    return this;
  }

  override _read(): void {
    this.#channel?.resume();
  }

  override _write(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error?: Error | null) => void,
  ): void {
    if (this.#channel === null) done(new Error('Not connected.'));
    else this.#channel.write(chunk, done);
  }

  override _final(done: () => void): void {
    this.#channel?.end();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#opening.abort();
    this.#channel?.destroy();
    // TLS within says why it gave up only some turns of the event loop after it has closed what it
    // runs on, while pg takes a close for the cause.
    setImmediate(() => setImmediate(() => done(error)));
  }

  async #connect(target: TunnelTarget): Promise<void> {
    let channel: Duplex;
    try {
      channel = await this.#tunnel.openStream(target, this.#opening.signal);
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    if (this.destroyed) {
      channel.destroy();
      return;
    }
    this.#channel = channel;
    channel.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) channel.pause();
    });
    channel.on('end', () => this.push(null));
    channel.on('error', (error: Error) => this.destroy(error));
    channel.on('close', () => this.destroy());
    this.emit('connect');
  }
}
