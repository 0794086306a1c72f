import { EventEmitter } from 'node:events';
import type { Duplex, Readable } from 'node:stream';
import { Connection } from 'pg';
import { parse } from 'pg-protocol';
import { ProtocolError } from '../errors/protocol-error';
import { MessageSplitter } from './message-splitter';

const dataRowType = 'D'.charCodeAt(0);

/** The type byte and the length in front of a message's body. */
const headerBytes = 5;

/**
 * What a server may begin with: a request or an end of the login, an error, a notice, or the version
 * that it speaks (PostgreSQL manual, "Message Flow", "Start-up").
 */
const firstTypes: ReadonlySet<number | undefined> = new Set(Buffer.from('RENv'));

/** Takes the body of each DataRow by its place in `buffer`, which is only valid during the call. */
export type RowSink = (buffer: Buffer, start: number, end: number) => void;

/**
 * pg's connection with two differences. While a row sink is set, DataRow messages reach it as bytes:
 * pg itself makes a JavaScript string of every cell as it arrives, which for a large result costs
 * more than everything else together, although only the cells on screen are ever read. And what is
 * not of the protocol ends the link with an error, where pg's parser raises it to nobody who could
 * take it, or waits for the rest of a message of two gigabytes.
 */
export class RowBytesConnection extends Connection {
  rowSink: RowSink | null = null;
  #heardAt = performance.now();
  #isSuspended = false;

  /** performance.now() when the last bytes came. */
  get heardAt(): number {
    return this.#heardAt;
  }

  /** Whether rows wait to be asked for, here or at the server: nothing comes before that. */
  get isHalted(): boolean {
    return this.#isSuspended || this.stream.isPaused();
  }

  /** Called by pg once for the stream that carries messages: after TLS where there is TLS. */
  attachListeners(stream: Duplex): void {
    const splitter = new MessageSplitter();
    // pg-protocol's parser reads from a stream; all messages but the rows are relayed to it.
    const relay = new EventEmitter();
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parse() only listens to 'data' and 'end'.
    void parse(relay as Readable, (message) => {
      if (message.name === 'portalSuspended') this.#isSuspended = true;
      // pg-protocol says so of a message whose type it does not know; what the server says has a code.
      if (message instanceof Error && !('code' in message && message.code)) {
        throw new ProtocolError(message.message);
      }
      this.emit(message.name === 'error' ? 'errorMessage' : message.name, message);
    });
    const onMessage = (type: number, buffer: Buffer, start: number, end: number): void => {
      if (type === dataRowType && this.rowSink !== null) {
        this.rowSink(buffer, start + headerBytes, end);
      } else {
        relay.emit('data', buffer.subarray(start, end));
      }
    };
    let isFirst = true;
    stream.on('data', (chunk: Buffer) => {
      this.#heardAt = performance.now();
      try {
        if (isFirst && !firstTypes.has(chunk[0])) throw new ProtocolError('It is another service.');
        isFirst = false;
        splitter.push(chunk, onMessage);
      } catch (error) {
        stream.destroy(asProtocolError(error));
      }
    });
    stream.on('end', () => relay.emit('end'));
  }

  /** Has the server answer what was sent: the portal goes on. */
  override flush(): void {
    this.#isSuspended = false;
    super.flush();
  }

  override sync(): void {
    this.#isSuspended = false;
    super.sync();
  }

  /** Stops reading: the server blocks once the buffers between it and this process are full. */
  pause(): void {
    this.stream.pause();
  }

  resume(): void {
    this.stream.resume();
  }
}

/** A message that is shorter than its fields makes Node.js raise a RangeError. */
function asProtocolError(error: unknown): Error {
  if (error instanceof Error && !(error instanceof RangeError)) return error;
  return new ProtocolError('A message is not well-formed.', { cause: error });
}
