import { Worker } from 'node:worker_threads';
import { SerialQueue } from '../../../serial-queue';
import type { ExaminationRequest } from './examine';
import {
  type AnsweredStatement,
  fromPosted,
  type QuestionKind,
  type ThreadAnswer,
  type ThreadRequest,
} from './messages';

/** A thread that has nothing to do is ended, which gives back what its parser has grown to. Milliseconds. */
const idleMs = 30_000;

/** Why a thread has not answered: it ended, or failed. */
export class ThreadFailure extends Error {
  override readonly name = 'ThreadFailure';
}

/** Has statements examined beside the event loop, one text after another. */
export class ExaminationThread {
  readonly #file: string;
  readonly #queue = new SerialQueue();
  #worker: Worker | null = null;
  #idle: NodeJS.Timeout | undefined;

  /** `file` is the program of the thread, built as CommonJS. It is started by the first question. */
  constructor(file: string) {
    this.#file = file;
  }

  /**
   * Asks for the statements of a text. Raises ThreadFailure when the thread ends without an answer;
   * the next question starts another. Rejects with the signal's reason when it is aborted, which ends
   * the thread: nothing else stops a parser.
   */
  ask(
    kind: QuestionKind,
    request: ExaminationRequest,
    signal?: AbortSignal,
  ): Promise<AnsweredStatement[]> {
    return new Promise((resolve, reject) => {
      const give = (): void => {
        try {
          signal?.throwIfAborted();
        } catch (reason) {
          reject(reason);
        }
      };
      signal?.addEventListener('abort', give, { once: true });
      this.#queue
        .run(() => this.#ask(kind, request, signal))
        .then(resolve, reject)
        .finally(() => signal?.removeEventListener('abort', give));
    });
  }

  /** Ends the thread. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  async #ask(
    kind: QuestionKind,
    request: ExaminationRequest,
    signal: AbortSignal | undefined,
  ): Promise<AnsweredStatement[]> {
    signal?.throwIfAborted();
    clearTimeout(this.#idle);
    const worker = (this.#worker ??= this.#start());
    const end = (): void => void worker.terminate();
    signal?.addEventListener('abort', end, { once: true });
    try {
      return await converse(worker, kind, request);
    } catch (error) {
      // Whatever it is in the middle of, the next question gets a new one.
      this.#worker = null;
      await worker.terminate();
      throw error;
    } finally {
      signal?.removeEventListener('abort', end);
      this.#idle = setTimeout(() => void this.close(), idleMs).unref();
    }
  }

  #start(): Worker {
    const worker = new Worker(this.#file);
    // It alone keeps no process alive.
    worker.unref();
    // A thread may fail while nobody waits for it, too.
    worker.on('error', () => {
      if (this.#worker === worker) this.#worker = null;
    });
    return worker;
  }
}

function converse(
  worker: Worker,
  kind: QuestionKind,
  request: ExaminationRequest,
): Promise<AnsweredStatement[]> {
  return new Promise((resolve, reject) => {
    const statements: AnsweredStatement[] = [];
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A thread, not a window.
    const send = (message: ThreadRequest): void => worker.postMessage(message);
    const settle = (end: () => void): void => {
      worker.off('message', take).off('error', fail).off('exit', leave);
      end();
    };
    const fail = ({ message }: Error): void => settle(() => reject(new ThreadFailure(message)));
    const leave = (): void => fail(new Error('its thread has ended'));
    const take = (answer: ThreadAnswer): void => {
      if (answer.kind === 'failed') return fail(new Error(answer.message));
      for (const posted of answer.items) statements.push(fromPosted(posted, request.text));
      if (answer.isLast) settle(() => resolve(statements));
      else send({ kind: 'more' });
    };
    worker.on('message', take).on('error', fail).on('exit', leave);
    send({ kind, request });
  });
}
