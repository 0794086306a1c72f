import { EventEmitter } from 'node:events';
import type { Duplex, Readable } from 'node:stream';
import { Connection } from 'pg';
import { parse } from 'pg-protocol';
import { MessageSplitter } from './message-splitter';

const dataRowType = 'D'.charCodeAt(0);

/** The type byte and the length in front of a message's body. */
const headerBytes = 5;

/** Takes the body of each DataRow by its place in `buffer`, which is only valid during the call. */
export type RowSink = (buffer: Buffer, start: number, end: number) => void;

/**
 * pg's connection with one difference: while a row sink is set, DataRow messages reach it as bytes.
 * pg itself makes a JavaScript string of every cell as it arrives, which for a large result costs
 * more than everything else together, although only the cells on screen are ever read.
 */
export class RowBytesConnection extends Connection {
  rowSink: RowSink | null = null;
  #heardAt = Date.now();
  #isSuspended = false;

  /** Date.now() when the last bytes came. */
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
      this.emit(message.name === 'error' ? 'errorMessage' : message.name, message);
    });
    const onMessage = (type: number, buffer: Buffer, start: number, end: number): void => {
      if (type === dataRowType && this.rowSink !== null) {
        this.rowSink(buffer, start + headerBytes, end);
      } else {
        relay.emit('data', buffer.subarray(start, end));
      }
    };
    stream.on('data', (chunk: Buffer) => {
      this.#heardAt = Date.now();
      splitter.push(chunk, onMessage);
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
