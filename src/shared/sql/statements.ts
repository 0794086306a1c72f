import type { TextRange } from '../models/query-result';
import { isKnownMetaCommand, metaCommandAdvice } from './meta-commands';
import { Scanner } from './scanner';
import { StatementNesting } from './statement-nesting';

interface StatementBase {
  /**
   * From its first token to its last, without the semicolon, in UTF-16 units. Comments on the lines
   * directly above belong to it (hints of pg_hint_plan stand there, and a person with the cursor on
   * such a comment means the statement below), as does a comment that ends its last line. A comment
   * set apart by a blank line belongs to nothing.
   */
  readonly range: TextRange;
  /** The text of the range. */
  readonly text: string;
  /** Behind its semicolon; the end of the whole text when the last statement has none. */
  readonly end: number;
}

/** One statement that the server can be sent. */
export interface SqlStatement extends StatementBase {
  readonly kind: 'sql';
}

/** COPY … FROM STDIN with its rows, as pg_dump writes them. It cannot be sent as one text. */
export interface CopyDataStatement extends StatementBase {
  readonly kind: 'copy-data';
  /** The COPY statement alone. */
  readonly command: string;
  /** The rows, up to the line with \. alone; null when no such line follows. */
  readonly data: TextRange | null;
}

/** A line for psql, such as \d or \c: never sent. */
export interface MetaCommand extends StatementBase {
  readonly kind: 'meta-command';
  /** Its name without the backslash. */
  readonly command: string;
  /** What it does in psql and what to do instead, in plain words. */
  readonly explanation: string;
  /** Whether what follows in the script relies on it. */
  readonly affectsWhatFollows: boolean;
}

export type Statement = SqlStatement | CopyDataStatement | MetaCommand;

/**
 * How often a BEGIN ATOMIC or CREATE RULE that never closes is tried as nested before semicolons
 * simply count. Each try reads to the end of the text, so the number bounds the time.
 */
const maxReopenings = 20;

const newline = /[\n\r]/;
/** What may stand behind a COPY on its line. */
const restOfLine = /^\s*(?:--[^]*)?$/;
/** \copy … from stdin takes its rows from the script, as COPY does. */
const readsRows = /^\\copy\s.*\sfrom\s+stdin\b/i;

class Splitter {
  readonly statements: Statement[] = [];
  private readonly scanner: Scanner;
  private nesting = new StatementNesting();
  /** Where the present statement begins; null before its first token. */
  private from: number | null = null;
  /** The end of its last token, or of a comment behind that on the same line. */
  private to = 0;
  /** The beginning of the comments that may come to belong to the next statement. */
  private lead: number | null = null;
  /** Whether a line break came after the statement before. */
  private isNewLine = false;
  private previousEnd = 0;
  /** The first semicolon inside the present statement, to go back to when it never closes. */
  private inner: { readonly to: number; readonly end: number } | null = null;
  private reopenings = 0;
  private copyEndsRunOut = false;

  constructor(private readonly text: string) {
    // A byte order mark, as files may begin with, would be a letter to the scanner.
    this.scanner = new Scanner(text, text.startsWith('\ufeff') ? 1 : 0);
  }

  split(): readonly Statement[] {
    for (;;) {
      while (this.scanner.next()) this.takeToken();
      if (this.inner === null || !this.nesting.isOpen) break;
      this.reopenings += 1;
      this.finish(this.inner.to, this.inner.end);
      this.scanner.jump(this.previousEnd);
    }
    this.finish(this.to, this.text.length);
    return this.statements;
  }

  private takeToken(): void {
    const { scanner } = this;
    if (scanner.kind === 'line-comment' || scanner.kind === 'block-comment') this.takeComment();
    else if (scanner.is(';')) this.takeSemicolon();
    else if (!scanner.is('\\') || !this.takeBackslash()) {
      this.from ??= this.beginning();
      this.to = scanner.to;
      this.nesting.take(scanner);
    }
  }

  private takeComment(): void {
    const { from, to, lineBreaks, text } = this.scanner;
    if (lineBreaks > 0) this.isNewLine = true;
    if (this.from !== null) {
      if (lineBreaks === 0) this.to = to;
    } else if (this.statements.length > 0 && !this.isNewLine) {
      // Behind a semicolon on the same line it speaks of the statement before.
      this.isNewLine = newline.test(text.slice(from, to));
    } else if (this.lead === null || lineBreaks > 1) this.lead = from;
  }

  /** Where a statement begins whose first token is the present one. */
  private beginning(): number {
    const { from, lineBreaks } = this.scanner;
    return this.lead === null || lineBreaks > 1 ? from : this.lead;
  }

  private takeSemicolon(): void {
    const { scanner } = this;
    if (this.nesting.isOpen && this.reopenings < maxReopenings) {
      this.inner ??= { to: this.to, end: scanner.to };
      this.to = scanner.to;
    } else if (this.nesting.copiesFromStdin) {
      this.finishCopy(scanner.to);
    } else this.finish(this.to, scanner.to);
  }

  private push(statement: Statement): void {
    this.statements.push(statement);
    this.reset(statement.end);
  }

  private reset(end: number): void {
    this.previousEnd = end;
    this.nesting = new StatementNesting();
    this.from = null;
    this.lead = null;
    this.isNewLine = false;
    this.inner = null;
  }

  /** Ends the present statement, if there is one. */
  private finish(to: number, end: number): void {
    if (this.from === null) return this.reset(end);
    const range = { from: this.from, to };
    this.push({ kind: 'sql', range, text: this.text.slice(range.from, range.to), end });
  }

  private finishCopy(end: number): void {
    const from = this.from ?? end;
    const command = this.text.slice(from, this.to);
    const data = this.copyData(end);
    if (data === null) {
      const range = { from, to: this.to };
      this.push({ kind: 'copy-data', range, text: command, end, command, data });
      return;
    }
    const to = data.to + 2;
    const text = this.text.slice(from, to);
    this.push({ kind: 'copy-data', range: { from, to }, text, end: to, command, data });
    this.scanner.jump(to);
  }

  /**
   * The rows after a COPY: from the next line up to a line of \. alone. On its own line nothing but a
   * comment may follow, which psql reads behind the rows.
   */
  private copyData(end: number): TextRange | null {
    const { text } = this;
    const lineEnd = text.indexOf('\n', end);
    if (this.copyEndsRunOut || lineEnd < 0 || !restOfLine.test(text.slice(end, lineEnd)))
      return null;
    for (let at = text.indexOf('\n\\.', lineEnd); at >= 0; at = text.indexOf('\n\\.', at + 1)) {
      if (/^(?:\r?\n|\r?$)/.test(text.slice(at + 3, at + 5))) {
        return { from: lineEnd + 1, to: at + 1 };
      }
    }
    this.copyEndsRunOut = true;
    return null;
  }

  /** Whether the backslash begins a command of psql, or ends a statement as psql's \; does. */
  private takeBackslash(): boolean {
    const { scanner, text } = this;
    const from = scanner.from;
    const line = /[^\n\r]*/y;
    line.lastIndex = from;
    const rest = line.exec(text)?.[0] ?? '';
    if (rest.startsWith('\\;') || rest.startsWith('\\\\')) {
      this.finish(this.to, from + 2);
      scanner.jump(from + 2);
      return true;
    }
    const command = /^\\(!|[^\s\\;]*)/.exec(rest)?.[1] ?? '';
    // Within a statement a stray backslash stays: the server shall say that it is a mistake.
    if (this.from !== null && !isKnownMetaCommand(command)) return false;
    this.finish(this.to, this.to);
    // psql takes a further backslash outside quotes as the next command; these read whole lines.
    const argument =
      command === '!' || command === 'copy' ? /.*/y : /(?:'(?:[^'\\]|\\.)*'|[^\\])*/y;
    argument.lastIndex = command.length + 1;
    const length = command.length + 1 + (argument.exec(rest)?.[0] ?? '').trimEnd().length;
    const rows = readsRows.test(rest) ? this.copyData(from + rest.length) : null;
    const range = { from, to: rows === null ? from + length : rows.to + 2 };
    const shown = text.slice(range.from, range.to);
    const subject = shown.slice(command.length + 1).trim();
    const { explanation, affectsWhatFollows } = metaCommandAdvice(command, subject);
    this.push({
      kind: 'meta-command',
      range,
      text: shown,
      end: range.to,
      command,
      explanation,
      affectsWhatFollows,
    });
    scanner.jump(range.to);
    return true;
  }
}

/** Each cursor move asks about the same text again, so the last split is kept. */
let lastSplit: { readonly text: string; readonly statements: readonly Statement[] } = {
  text: '',
  statements: [],
};

/**
 * Splits a script into its statements, in order, by the rules of PostgreSQL's scanner. Needs no
 * parser and raises nothing: a statement with a mistake in it ends at its semicolon like any other,
 * and what is not closed (a string, a comment) reaches to the end of the text.
 */
export function splitStatements(text: string): readonly Statement[] {
  if (lastSplit.text !== text) lastSplit = { text, statements: new Splitter(text).split() };
  return lastSplit.statements;
}

/** Where the statements of a text are, without the text: what finding one of them takes. */
export interface StatementPlaces {
  readonly count: number;
  /** The beginning of a statement's range. */
  readonly from: (index: number) => number;
  /** Behind its semicolon. */
  readonly end: (index: number) => number;
  /** Whether there is a line break between two offsets, in order. */
  readonly breaksLine: (from: number, to: number) => boolean;
}

/** The index of the last statement that begins at or before the offset; -1 when none does. */
function lastBeginningBy(places: StatementPlaces, offset: number): number {
  let low = 0;
  let high = places.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (places.from(middle) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * The index of the statement that a cursor at this offset (UTF-16 units) means, null for none:
 * - the one whose text or attached comment it touches; directly behind a semicolon, the one before;
 * - behind a semicolon on its line, the statement before; in the indent of a line, the one that
 *   begins there;
 * - on a blank line or in a comment set apart, none: running something that the cursor is not on
 *   would be a surprise. A last statement without its semicolon is still being written, so blank
 *   lines after it are its own.
 */
export function statementIndexAt(places: StatementPlaces, offset: number): number | null {
  const index = lastBeginningBy(places, offset);
  if (index > 0 && places.end(index - 1) === offset) return index - 1;
  if (index >= 0) {
    const end = places.end(index);
    if (end >= offset || !places.breaksLine(end, offset)) return index;
  }
  const following = index + 1;
  if (following >= places.count || places.breaksLine(offset, places.from(following))) return null;
  return following;
}

/** The statement of a text that a cursor at this offset means; see statementIndexAt. */
export function statementAt(text: string, offset: number): Statement | null {
  const statements = splitStatements(text);
  const index = statementIndexAt(
    {
      count: statements.length,
      from: (at) => statements[at]?.range.from ?? 0,
      end: (at) => statements[at]?.end ?? 0,
      breaksLine: (from, to) => newline.test(text.slice(from, to)),
    },
    offset,
  );
  return index === null ? null : (statements[index] ?? null);
}
