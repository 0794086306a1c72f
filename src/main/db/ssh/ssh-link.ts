import type { Duplex } from 'node:stream';
import { Client, type ClientChannel } from 'ssh2';
import { DualStackSocket } from '../session/dual-stack-socket';
import { addressOf } from '../errors/error-context';
import { cancelledError, type DatabaseError } from '../errors/database-error';
import type { TunnelFacts, TunnelTarget } from '../session/tunnel';
import { describeHostKey } from './host-key';
import { HostKeyGuard } from './host-key-guard';
import { PausableLimit } from './pausable-limit';
import {
  connectTimeout,
  describeConnectFailure,
  describeForwardFailure,
  tunnelLost,
} from './ssh-error';
import { SshLogin } from './ssh-login';
import type { AskAboutHostKey, SshSettings, SshTiming } from './ssh-settings';

/** How long a goodbye may take before the socket is cut, in milliseconds. */
const closeTimeoutMs = 1_000;

export interface SshLinkOptions {
  readonly timing: SshTiming;
  /** Null where nobody is to be asked: an unknown host is refused then. */
  readonly ask: AskAboutHostKey | null;
  readonly signal: AbortSignal;
}

/** One SSH connection that is logged in, with the streams that it carries. */
export class SshLink {
  readonly facts: TunnelFacts;
  /** Resolves when the link is gone, whoever ended it. */
  readonly closed: Promise<void>;
  readonly #settings: SshSettings;
  readonly #client: Client;
  readonly #socket: DualStackSocket;
  readonly #channels = new Set<ClientChannel>();
  #isClosing = false;
  #isClosed = false;

  private constructor(
    settings: SshSettings,
    client: Client,
    socket: DualStackSocket,
    timing: SshTiming,
    facts: TunnelFacts,
  ) {
    this.#settings = settings;
    this.#client = client;
    this.#socket = socket;
    this.facts = facts;
    const watch = this.#watch(timing);
    this.closed = new Promise((resolve) => {
      // Ahead of ssh2, which then ends the streams without a word of why.
      socket.prependOnceListener('close', () => {
        clearInterval(watch);
        this.#lose();
        resolve();
      });
    });
  }

  /**
   * Connects and logs in. Raises DatabaseError: ConnectionFailed, HostKeyRefused,
   * AuthenticationFailed, InvalidInput (key file, passphrase, agent), Timeout, Cancelled, StorageFailed.
   */
  static async connect(settings: SshSettings, options: SshLinkOptions): Promise<SshLink> {
    const { timing, signal } = options;
    const stop = new AbortController();
    const fail = (error: DatabaseError): void => stop.abort(error);
    const login = await SshLogin.prepare(settings, fail);
    const limit = new PausableLimit(timing.connectTimeoutMs, () =>
      fail(connectTimeout(settings, timing.connectTimeoutMs)),
    );
    const socket = new DualStackSocket();
    const client = new Client();
    const cancel = (): void => fail(cancelledError());
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const { ask } = options;
      const guard = await HostKeyGuard.prepare(
        settings,
        ask && ((question) => limit.while(ask(question, stop.signal))),
      );
      if (signal.aborted) throw cancelledError();
      client.on('error', (error) => {
        if (!login.notes(error)) fail(describeConnectFailure(error, settings));
      });
      client.on('close', () => fail(describeConnectFailure(new Error('closed by it'), settings)));
      client.connect({
        sock: socket,
        username: settings.user,
        algorithms: { serverHostKey: guard.algorithms },
        hostVerifier: (key: Buffer, verify: (isTrusted: boolean) => void) => {
          guard.check(key, stop.signal).then(
            () => verify(true),
            (error: unknown) => {
              fail(describeConnectFailure(error, settings));
              verify(false);
            },
          );
        },
        authHandler: login.handler,
        readyTimeout: 0,
        keepaliveInterval: timing.keepAliveMs,
        // Whether the link is dead is judged by its bytes: an answer may be queued behind many rows.
        keepaliveCountMax: Number.MAX_SAFE_INTEGER,
      });
      socket.setNoDelay(true);
      socket.connect(settings.port, settings.host);
      await ready(client, stop.signal);
      await guard.keep();
      stop.signal.throwIfAborted();
      const key = guard.accepted === null ? '' : `, host key ${describeHostKey(guard.accepted)}`;
      return new SshLink(settings, client, socket, timing, {
        description: `${addressOf(settings)}, ${login.description}${key}`,
        durationMs: limit.spentMs,
      });
    } catch (error) {
      socket.destroy();
      throw stop.signal.aborted ? stop.signal.reason : error;
    } finally {
      limit.stop();
      signal.removeEventListener('abort', cancel);
    }
  }

  /** Raises DatabaseError: ConnectionFailed, ConnectionLost, Cancelled by the signal. */
  openStream(target: TunnelTarget, signal: AbortSignal): Promise<Duplex> {
    return new Promise((resolve, reject) => {
      const cancel = (): void => reject(cancelledError());
      if (signal.aborted) cancel();
      signal.addEventListener('abort', cancel, { once: true });
      const opened = (error: Error | undefined, channel: ClientChannel): void => {
        signal.removeEventListener('abort', cancel);
        if (error !== undefined) {
          reject(
            this.#isClosed
              ? tunnelLost(this.#settings)
              : describeForwardFailure(error, target, this.#settings),
          );
        } else if (signal.aborted) channel.close();
        else resolve(this.#keep(channel));
      };
      try {
        if ('path' in target) this.#client.openssh_forwardOutStreamLocal(target.path, opened);
        else this.#client.forwardOut('127.0.0.1', 0, target.host, target.port, opened);
      } catch {
        // ssh2 raises only where its socket is gone.
        reject(tunnelLost(this.#settings));
      }
    });
  }

  /** Says goodbye; streams that are open end. */
  close(): void {
    this.#isClosing = true;
    this.#client.end();
    const cut = setTimeout(() => this.#socket.destroy(), closeTimeoutMs);
    void this.closed.then(() => clearTimeout(cut));
  }

  #keep(channel: ClientChannel): ClientChannel {
    this.#channels.add(channel);
    channel.on('error', () => undefined);
    channel.once('close', () => this.#channels.delete(channel));
    return channel;
  }

  /** A link without a byte for several intervals, although it was asked for one, is dead. */
  #watch({ keepAliveMs, silentIntervals }: SshTiming): NodeJS.Timeout {
    let bytes = this.#socket.bytesRead;
    let silent = 0;
    return setInterval(() => {
      const { bytesRead } = this.#socket;
      silent = bytesRead === bytes ? silent + 1 : 0;
      bytes = bytesRead;
      if (silent >= silentIntervals) this.#socket.destroy();
    }, keepAliveMs);
  }

  #lose(): void {
    this.#isClosed = true;
    if (this.#isClosing) return;
    for (const channel of this.#channels) channel.emit('error', tunnelLost(this.#settings));
  }
}

/** ssh2 tells of some errors and goes on after them: whether it has failed is what the signal says. */
function ready(client: Client, failed: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stopped = (): void => reject(new Error('No SSH connection came about.'));
    if (failed.aborted) stopped();
    failed.addEventListener('abort', stopped, { once: true });
    client.once('ready', resolve);
  });
}
