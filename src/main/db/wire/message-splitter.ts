/** Type byte and int32 length; the length counts itself but not the type byte. */
const headerBytes = 5;

/**
 * Takes a message by its place in `buffer`, header included; `end` is exclusive. A buffer object for
 * each message would cost a fifth of the time that reading rows takes.
 */
export type OnMessage = (type: number, buffer: Buffer, start: number, end: number) => void;

/**
 * Cuts the server's byte stream into whole messages, each where it lies in its chunk. One that goes over
 * the end of a chunk is gathered in a list and joined once: a cell of 100 MB arrives in some 1,600 chunks.
 */
export class MessageSplitter {
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  /** Bytes that `#pending` must reach: those of a header, then those of its message. */
  #needed = headerBytes;

  /**
   * Calls `onMessage` for each message that `chunk` completes. Raises RangeError for a message that
   * would be shorter than its header.
   */
  push(chunk: Buffer, onMessage: OnMessage): void {
    let offset = this.#pendingBytes === 0 ? 0 : this.#complete(chunk, onMessage);
    while (chunk.length - offset >= headerBytes) {
      const end = offset + messageBytes(chunk, offset);
      if (end > chunk.length) break;
      onMessage(chunk.readUInt8(offset), chunk, offset, end);
      offset = end;
    }
    if (offset === chunk.length) return;
    this.#gather(chunk, offset, chunk.length);
    this.#needed = this.#pendingBytes < headerBytes ? headerBytes : messageBytes(chunk, offset);
  }

  /** Goes on with the message that began in an earlier chunk; gives the place behind it. */
  #complete(chunk: Buffer, onMessage: OnMessage): number {
    let offset = 0;
    while (offset < chunk.length) {
      const end = Math.min(chunk.length, offset + this.#needed - this.#pendingBytes);
      this.#gather(chunk, offset, end);
      offset = end;
      if (this.#pendingBytes < this.#needed) break;
      const gathered = Buffer.concat(this.#pending, this.#pendingBytes);
      this.#pending = [gathered];
      this.#needed = messageBytes(gathered, 0);
      if (this.#pendingBytes < this.#needed) continue;
      this.#pending = [];
      this.#pendingBytes = 0;
      this.#needed = headerBytes;
      onMessage(gathered.readUInt8(0), gathered, 0, gathered.length);
      break;
    }
    return offset;
  }

  #gather(chunk: Buffer, start: number, end: number): void {
    this.#pending.push(chunk.subarray(start, end));
    this.#pendingBytes += end - start;
  }
}

/** The bytes of a message whose header begins at `offset`. */
function messageBytes(buffer: Buffer, offset: number): number {
  const bytes = buffer.readUInt32BE(offset + 1) + 1;
  if (bytes < headerBytes) throw new RangeError('A message is shorter than its header.');
  return bytes;
}
