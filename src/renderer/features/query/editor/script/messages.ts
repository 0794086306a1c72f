import type { TextRange } from '@shared/models/query-result';

/** A text to look at: the whole of it, or what was changed since the version before. */
export type ScriptRequest = {
  /** Which editor state the text belongs to. */
  readonly script: number;
  readonly version: number;
} & (
  | { readonly kind: 'text'; readonly text: string }
  /** A ChangeSet of CodeMirror as JSON. */
  | { readonly kind: 'changes'; readonly changes: unknown }
);

/** A place that the grammar refuses. Offsets in UTF-16 units of the whole text. */
export interface SyntaxMark extends TextRange {
  /** The statement that it is in. */
  readonly statement: TextRange;
  /** The parser's own message. */
  readonly message: string;
  /** Whether something is missing at the end: it may be about to be typed. */
  readonly isAtEnd: boolean;
}

/** What was found in one version of a text. */
export type ScriptAnswer = { readonly script: number; readonly version: number } & (
  | {
      readonly kind: 'statements';
      /** For each statement in order: from, to, end (src/shared/sql/statements.ts). */
      readonly places: Int32Array;
    }
  | { readonly kind: 'marks'; readonly marks: readonly SyntaxMark[] }
);
