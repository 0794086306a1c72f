import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { TLSSocket, type TLSSocketOptions } from 'node:tls';
import { setTimeout as delay } from 'node:timers/promises';

/** The first message of a client that wants TLS: length 8, code 80877103 (manual, "Message Formats"). */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** What a server says until it has recovered: ErrorResponse, its length and its fields (manual, "Message Formats"). */
const startingUp = Buffer.from(
  'E\0\0\0\x37SFATAL\0C57P03\0Mthe database system is starting up\0\0',
  'latin1',
);

/** How the proxy answers the request for TLS: not at all, that is the server does; or by itself. */
export type ProxyTls = 'forward' | 'refuse' | TLSSocketOptions;

/** One link through the proxy. */
interface Link {
  readonly client: Socket;
  readonly server: Socket;
  /** Nothing passes any more and nobody is told, as when a firewall forgets the connection. */
  isSilent: boolean;
}

/**
 * A TCP proxy in front of the test server that can do to a link what networks do: delay it, cut it,
 * or let it fall silent. It can also put TLS in front of a server that has none.
 */
export class TcpProxy {
  /** Milliseconds that each chunk waits, in either direction. */
  delayMs = 0;
  /** Whether new links are reset at once, as where nothing listens. */
  refuses = false;
  /** How many of the next links are told that the server starts up. */
  startingUpFor = 0;
  /** Links accepted so far. */
  accepted = 0;
  /** What clients have sent so far, chunk by chunk; not what they sent inside a TLS that ends here. */
  readonly sent: Buffer[] = [];
  readonly #server: Server;
  readonly #links = new Set<Link>();
  #isSilent = false;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Listens on a loopback port, a free one by default, and forwards to the target. */
  static async start(
    target: { readonly host: string; readonly port: number },
    tls: ProxyTls = 'forward',
    port = 0,
  ): Promise<TcpProxy> {
    const server = createServer();
    const proxy = new TcpProxy(server);
    server.on('connection', (client) => proxy.#accept(client, target, tls));
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy is closed.');
    return address.port;
  }

  /** Links that are open. */
  get open(): number {
    return this.#links.size;
  }

  /** Resets every link. */
  cut(): void {
    for (const { client, server } of this.#links) {
      client.resetAndDestroy();
      server.destroy();
    }
  }

  /** From now on nothing passes, and new links are accepted but never answered. */
  fallSilent(): void {
    this.#isSilent = true;
    for (const link of this.#links) link.isSilent = true;
  }

  /** New links work again; those that fell silent stay so. */
  recover(): void {
    this.#isSilent = false;
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #accept(client: Socket, target: { host: string; port: number }, tls: ProxyTls): void {
    this.accepted += 1;
    if (this.refuses) {
      client.resetAndDestroy();
      return;
    }
    if (this.startingUpFor > 0) {
      this.startingUpFor -= 1;
      client.on('error', () => undefined);
      client.once('data', () => client.end(startingUp));
      return;
    }
    const server = connect(target);
    const link: Link = { client, server, isSilent: this.#isSilent };
    this.#links.add(link);
    client.on('data', (chunk: Buffer) => this.sent.push(chunk));
    for (const socket of [client, server]) {
      // A link that a test cuts ends with an error on either side: that is what it is for.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#links.delete(link);
        client.destroy();
        server.destroy();
      });
    }
    if (tls === 'forward') this.#join(link, client);
    else client.once('data', (first: Buffer) => this.#answerSslRequest(link, first, tls));
  }

  #answerSslRequest(link: Link, first: Buffer, tls: Exclude<ProxyTls, 'forward'>): void {
    if (!first.equals(sslRequest)) {
      link.server.write(first);
      this.#join(link, link.client);
    } else if (tls === 'refuse') {
      link.client.write('N');
      this.#join(link, link.client);
    } else {
      link.client.write('S');
      const secure = new TLSSocket(link.client, { ...tls, isServer: true });
      secure.on('error', () => link.client.destroy());
      this.#join(link, secure);
    }
  }

  #join(link: Link, client: Socket): void {
    client.on('data', this.#passTo(link, link.server));
    link.server.on('data', this.#passTo(link, client));
  }

  /** Passes chunks on in their order, each after the delay of the moment it came. */
  #passTo(link: Link, to: Socket): (chunk: Buffer) => void {
    const pass = async (earlier: Promise<void>, delayMs: number, chunk: Buffer): Promise<void> => {
      await Promise.all([earlier, delayMs > 0 ? delay(delayMs) : undefined]);
      if (!link.isSilent && to.writable) to.write(chunk);
    };
    let last = Promise.resolve();
    return (chunk) => {
      last = pass(last, this.delayMs, chunk);
    };
  }
}
