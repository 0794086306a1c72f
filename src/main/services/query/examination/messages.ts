import type { StatementAnalysis } from '@shared/models/statement-analysis';
import type { Statement } from '@shared/sql/statements';
import type { ExaminationRequest, FoundStatement } from './examine';

/** Only where the statements are, or also what each would do. */
export type QuestionKind = 'find' | 'examine';

/** To the thread: a question, or that the next batch of its answer may come. */
export type ThreadRequest =
  { readonly kind: QuestionKind; readonly request: ExaminationRequest } | { readonly kind: 'more' };

/** A statement of an answer; its analysis is there when it was asked for. */
export interface AnsweredStatement extends FoundStatement {
  readonly analysis?: StatementAnalysis;
}

/** From the thread: a part of an answer, or why there is none. */
export type ThreadAnswer =
  | { readonly kind: 'statements'; readonly items: readonly PostedStatement[]; isLast: boolean }
  | { readonly kind: 'failed'; readonly message: string };

/** A statement without what the receiver can cut out of the text that it has itself. */
export interface PostedStatement {
  readonly item: AnsweredStatement;
  /** The length of the COPY in front of its rows. UTF-16 units. */
  readonly commandLength: number;
}

/** Takes the texts out of a statement. */
export function toPosted(item: AnsweredStatement): PostedStatement {
  const { statement } = item;
  if (statement.kind !== 'copy-data') {
    return { item: { ...item, statement: { ...statement, text: '' } }, commandLength: 0 };
  }
  const bare: Statement = { ...statement, text: '', command: '' };
  return { item: { ...item, statement: bare }, commandLength: statement.command.length };
}

/** Puts them back, from the text that was submitted. */
export function fromPosted(
  { item, commandLength }: PostedStatement,
  source: string,
): AnsweredStatement {
  const { statement, range } = item;
  const text = source.slice(range.from, range.to);
  const whole: Statement =
    statement.kind === 'copy-data'
      ? { ...statement, text, command: text.slice(0, commandLength) }
      : { ...statement, text };
  return { ...item, statement: whole };
}
