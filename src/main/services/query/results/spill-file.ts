import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseError } from '../../../db/errors/database-error';
import { systemCodeOf } from '../../../db/errors/system-code';
import { SerialQueue } from '../../../serial-queue';
import { resultGone } from './result-gone';

const algorithm = 'aes-256-gcm';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
/** What is encrypted between two turns of the event loop: about a millisecond of work. Bytes. */
const pieceBytes = 1024 * 1024;

/** Where a record lies in the file. */
export interface SpilledRecord {
  readonly position: number;
  /** Bytes of the record in clear. */
  readonly length: number;
  /** Its number in the file: its nonce. */
  readonly serial: number;
}

/**
 * A temporary file for what has no room in memory. Each record is sealed with AES-256-GCM under a
 * random key that is never written anywhere: once the process has ended nobody can read the file. A
 * nonce is the number of its record, so that none is used twice (NIST SP 800-38D, 8.2.1). The file
 * is made with its first record.
 */
export class SpillFile {
  readonly #path: string;
  readonly #key = randomBytes(keyBytes);
  readonly #queue = new SerialQueue();
  #handle: FileHandle | null = null;
  #length = 0;
  #serial = 0;
  #isClosed = false;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Appends a record, whose bytes must not change meanwhile. Raises DatabaseError: StorageFailed,
   * NotFound once the file is closed.
   */
  write(bytes: Uint8Array): Promise<SpilledRecord> {
    return this.#guard(() => this.#write(bytes));
  }

  /**
   * Reads a record back. Raises DatabaseError: StorageFailed, also when it was changed on disk, and
   * NotFound once the file is closed.
   */
  read(record: SpilledRecord): Promise<Uint8Array> {
    return this.#guard(() => this.#read(record));
  }

  /** Deletes the file. */
  close(): Promise<void> {
    return this.#queue.run(async () => {
      this.#isClosed = true;
      const handle = this.#handle;
      this.#handle = null;
      if (handle === null) return;
      await handle.close();
      await rm(this.#path, { force: true });
      this.#key.fill(0);
    });
  }

  #guard<T>(work: () => Promise<T>): Promise<T> {
    return this.#queue.run(async () => {
      // A page that was under way when its result was closed must not make the file anew.
      if (this.#isClosed) throw resultGone();
      try {
        return await work();
      } catch (error) {
        throw spillFailed(error);
      }
    });
  }

  async #write(bytes: Uint8Array): Promise<SpilledRecord> {
    this.#handle ??= await create(this.#path);
    const record = { position: this.#length, length: bytes.length, serial: this.#serial };
    this.#serial += 1;
    const cipher = createCipheriv(algorithm, this.#key, nonceOf(record));
    let position = record.position;
    for (let from = 0; from < bytes.length; from += pieceBytes) {
      const sealed = cipher.update(bytes.subarray(from, from + pieceBytes));
      await writeAll(this.#handle, sealed, position);
      position += sealed.length;
    }
    cipher.final();
    await writeAll(this.#handle, cipher.getAuthTag(), position);
    // Only now: a record that did not fit on the disk leaves its place to the next.
    this.#length = position + tagBytes;
    return record;
  }

  async #read(record: SpilledRecord): Promise<Uint8Array> {
    if (this.#handle === null) throw new Error('Nothing was written to this file.');
    const bytes = new Uint8Array(record.length);
    const decipher = createDecipheriv(algorithm, this.#key, nonceOf(record));
    for (let from = 0; from < record.length; from += pieceBytes) {
      const length = Math.min(pieceBytes, record.length - from);
      const sealed = await readAll(this.#handle, length, record.position + from);
      bytes.set(decipher.update(sealed), from);
    }
    decipher.setAuthTag(await readAll(this.#handle, tagBytes, record.position + record.length));
    decipher.final();
    return bytes;
  }
}

async function create(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return open(path, 'wx+', 0o600);
}

function nonceOf({ serial }: SpilledRecord): Buffer {
  const nonce = Buffer.alloc(nonceBytes);
  nonce.writeUIntBE(serial, nonceBytes - 6, 6);
  return nonce;
}

/** A write of the operating system may take a part of the bytes only. */
async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const left = bytes.length - written;
    written += (await handle.write(bytes, written, left, position + written)).bytesWritten;
  }
}

async function readAll(handle: FileHandle, length: number, position: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) throw new Error('The file of this result ends too early.');
    done += bytesRead;
  }
  return bytes;
}

function spillFailed(cause: unknown): DatabaseError {
  const code = systemCodeOf(cause);
  return new DatabaseError(
    {
      kind: 'StorageFailed',
      message: `The rows of this result could not be kept in a temporary file${code === undefined ? '' : ` (${code})`}.`,
      advice:
        code === 'ENOSPC' || code === 'EDQUOT'
          ? 'The disk is full: free some space, or close other results, then read on.'
          : 'Run the statement again, and check the disk if it happens again.',
      ...(code === undefined ? {} : { systemCode: code }),
    },
    { cause },
  );
}
