import type { Duplex } from 'node:stream';

/** A place as seen from the far end of a tunnel: a host name or address and a port, or a Unix socket. */
export type TunnelTarget =
  { readonly host: string; readonly port: number } | { readonly path: string };

/** What the far end of a tunnel is, once it was reached. */
export interface TunnelFacts {
  /** For example "bastion.example.com:22, OpenSSH_9.2p1". */
  readonly description: string;
  /** Milliseconds that reaching it took, without the time that a question was on the screen. */
  readonly durationMs: number;
}

/**
 * A way to the database server that leads through another host. All sessions, probes and cancel
 * requests of a connection share one; each socket is a stream of its own in it.
 */
export interface Tunnel {
  /** The host that it leads through, for messages. */
  readonly name: string;
  /** Milliseconds that questions to a person were on the screen so far. */
  readonly askedMs: number;
  /**
   * Reaches the far end, unless that was done already. Where a person has to be asked something, it
   * is done here and nowhere else. Raises DatabaseError, Cancelled by the signal.
   */
  open(signal?: AbortSignal): Promise<TunnelFacts>;
  /** A stream to a place beyond, connected. Reaches the far end anew when it was lost. Raises DatabaseError. */
  openStream(target: TunnelTarget, signal: AbortSignal): Promise<Duplex>;
  /** Has the far end reached by another secret from now on; kept in memory, as long as the tunnel. */
  renewSecret(secret: string): void;
  /** Ends every stream and the tunnel itself. */
  close(): void;
}
