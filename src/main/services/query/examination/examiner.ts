import { QueryValidator } from '../../query-validator';
import {
  type ExaminationRequest,
  type ExaminedStatement,
  examineStatements,
  findStatements,
  type FoundStatement,
} from './examine';
import { ExaminationThread, ThreadFailure } from './examination-thread';
import type { AnsweredStatement } from './messages';

export interface ExaminerOptions {
  /** The program of the thread, built as CommonJS; without one, all is done where the caller runs. */
  readonly threadFile?: string;
  /** Longer texts go to the thread: shorter ones take some 10 ms at most. UTF-16 units. */
  readonly longText?: number;
}

const defaultLongText = 64 * 1024;

/**
 * Splits texts into statements and says what each would do. A text of megabytes takes a second: it is
 * looked at in a thread, so that the event loop goes on. The answer is the same.
 */
export class Examiner {
  readonly #thread: ExaminationThread | null;
  readonly #longText: number;

  constructor({ threadFile, longText = defaultLongText }: ExaminerOptions = {}) {
    this.#thread = threadFile === undefined ? null : new ExaminationThread(threadFile);
    this.#longText = longText;
  }

  /** The statements that a target stands for, in order, and their parameters. */
  async find(request: ExaminationRequest): Promise<readonly FoundStatement[]> {
    const thread = this.#threadFor(request);
    if (thread === null) return findStatements(request);
    return this.#unlessItFails(thread.ask('find', request), () => findStatements(request));
  }

  /**
   * The statements that a target stands for, in order, and what each would do. Where the thread ends
   * without an answer, none of them counts as understood. Rejects with the signal's reason when it is
   * aborted.
   */
  async examine(
    request: ExaminationRequest,
    signal?: AbortSignal,
  ): Promise<readonly ExaminedStatement[]> {
    signal?.throwIfAborted();
    const thread = this.#threadFor(request);
    if (thread === null) {
      const examined: ExaminedStatement[] = [];
      for await (const statement of examineStatements(request)) examined.push(statement);
      return examined;
    }
    const answer = this.#unlessItFails(thread.ask('examine', request, signal), (why) =>
      findStatements(request).map((found) => unknown(found, why)),
    );
    return Array.from(await answer, (item) => {
      const { analysis } = item;
      return analysis === undefined ? unknown(item, 'there is no answer') : { ...item, analysis };
    });
  }

  /** Ends the thread, if there is one. */
  async close(): Promise<void> {
    await this.#thread?.close();
  }

  #threadFor({ text }: ExaminationRequest): ExaminationThread | null {
    return text.length > this.#longText ? this.#thread : null;
  }

  async #unlessItFails(
    answer: Promise<readonly AnsweredStatement[]>,
    otherwise: (why: string) => readonly AnsweredStatement[],
  ): Promise<readonly AnsweredStatement[]> {
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof ThreadFailure)) throw error;
      return otherwise(error.message);
    }
  }
}

const unknown = (found: FoundStatement, why: string): ExaminedStatement => ({
  ...found,
  analysis: QueryValidator.unknown(found.statement, why),
});
