import { ChangeSet, Text } from '@codemirror/state';
import { maskNamedParameters } from '@shared/sql/parameters';
import { Scanner } from '@shared/sql/scanner';
import { type Statement, splitStatements } from '@shared/sql/statements';
import type { ScriptRequest, SyntaxMark } from './messages';
import type { SyntaxCheck } from './syntax-check';

/** A text that is no SQL at all has an error in every line: this many are shown. */
const maxMarks = 100;
/** Milliseconds that parsing goes on without looking for a newer text. */
const sliceMs = 30;
const psqlVariable = /^:['"{]/;

/** An error within one statement, wherever that stands. */
type StatementError = Omit<SyntaxMark, 'statement'>;

/** Follows the changes of one text and tells its statements and its mistakes. */
export class ScriptAnalyser {
  readonly #check: SyntaxCheck;
  #text = Text.empty;
  #statements: readonly Statement[] = [];
  /** What is known of each statement by its text: only what is new is parsed. */
  #known = new Map<string, StatementError | null>();

  constructor(check: SyntaxCheck) {
    this.#check = check;
  }

  /** Takes a newer text over. Raises RangeError for changes that do not fit the text before. */
  take(request: ScriptRequest): void {
    this.#text =
      request.kind === 'text'
        ? Text.of(request.text.split('\n'))
        : ChangeSet.fromJSON(request.changes).apply(this.#text);
    this.#statements = splitStatements(this.#text.toString());
  }

  /** For each statement in order: from, to, end. */
  get places(): Int32Array<ArrayBuffer> {
    const places = new Int32Array(this.#statements.length * 3);
    for (const [index, { range, end }] of this.#statements.entries()) {
      places.set([range.from, range.to, end], index * 3);
    }
    return places;
  }

  /**
   * The mistakes of the text, in order, a hundred at most. It pauses every 30 ms by calling `pause`
   * and gives up with null when that resolves with false: there is a newer text.
   */
  async findMarks(pause: () => Promise<boolean>): Promise<readonly SyntaxMark[] | null> {
    const known = new Map<string, StatementError | null>();
    const marks: SyntaxMark[] = [];
    let sliceEnd = performance.now() + sliceMs;
    for (const statement of this.#statements) {
      if (performance.now() > sliceEnd) {
        if (!(await pause())) return null;
        sliceEnd = performance.now() + sliceMs;
      }
      if (statement.kind === 'meta-command') continue;
      const text = statement.kind === 'copy-data' ? statement.command : statement.text;
      let error = this.#known.get(text);
      if (error === undefined) {
        if (!this.#check.isReady) await this.#check.load();
        error = this.#errorOf(text);
      }
      known.set(text, error);
      this.#known.set(text, error);
      if (error === null) continue;
      const { from } = statement.range;
      const range = { from: from + error.from, to: from + error.to };
      marks.push({ ...error, ...range, statement: statement.range });
      if (marks.length === maxMarks) break;
    }
    if (marks.length < maxMarks) this.#known = known;
    return marks;
  }

  #errorOf(text: string): StatementError | null {
    const masked = maskNamedParameters(text);
    const error = this.#check.errorOf(masked);
    if (error === null) return null;
    const token = new Scanner(text, error.position ?? 0);
    const isAtEnd = !token.next() || token.unterminated;
    // Where something is missing at the end, the last character is what can be underlined.
    const from = token.kind === 'end' ? Math.max(0, text.length - 1) : token.from;
    const to = token.kind === 'end' ? text.length : lineEnd(text, token.from, token.to);
    const isVariable = psqlVariable.test(text.slice(from, from + 2));
    const message = isVariable
      ? 'Variables of psql are not replaced here: write the value in place of it, or a parameter such as :name.'
      : error.message;
    return { from, to, message, isAtEnd };
  }
}

/** A string that is not closed reaches to the end of the text: its first line is enough to mark. */
function lineEnd(text: string, from: number, to: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? to : Math.max(from + 1, Math.min(to, newline));
}
