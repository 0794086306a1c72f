import type { DatabaseErrorData } from '@shared/models/database-error';
import type { TextRange } from '@shared/models/query-result';
import type { CopyDataStatement } from '@shared/sql/statements';
import { parseSql } from '../../../sql/parser';
import { optionArgument, plainValue } from '../../query-validator/options';

/** `COPY orders, line 3, column id: "x"`, the outermost context; "line" is in the server's language. */
const copiedLine = /^COPY .+?, \D+(\d+)/m;

/**
 * The error of a COPY with the place of the row that the server refused, as an offset in the submitted
 * text, where the error says which one it was.
 */
export function atRefusedRow(
  error: DatabaseErrorData,
  { command, data, range: own }: CopyDataStatement,
  range: TextRange,
  text: string,
): DatabaseErrorData {
  const line = Number(copiedLine.exec(error.where ?? '')?.[1]);
  if (data === null || error.position !== undefined || !(line >= 1)) return error;
  // The statement may have been split out of a selection: its offsets begin there.
  const offset = range.from - own.from;
  const rows = text.slice(data.from + offset, data.to + offset);
  const row = startOfRow(rows, line, quotesOf(command));
  return row === null ? error : { ...error, position: data.from + offset + row };
}

/** The characters that quote values in CSV; null in the other formats, whose rows are lines. */
interface Quotes {
  readonly quote: string;
  readonly escape: string;
}

function quotesOf(command: string): Quotes | null {
  const parsed = parseSql(command);
  const [statement] = parsed.ok ? parsed.value : [];
  const options =
    statement !== undefined && 'CopyStmt' in statement ? statement.CopyStmt.options : undefined;
  const option = (name: string): string | undefined => {
    const value = plainValue(optionArgument(options, name));
    return typeof value === 'string' ? value : undefined;
  };
  if (option('format')?.toLowerCase() !== 'csv') return null;
  const quote = option('quote') ?? '"';
  return { quote, escape: option('escape') ?? quote };
}

/**
 * Where the row begins at whose end the server has counted so many lines; null where there is none. It
 * counts rows, and within quotes the line breaks of the kind that ended the first row, which in the
 * first one itself are taken to be \r (CopyReadLineText in PostgreSQL's copyfromparse.c).
 */
function startOfRow(rows: string, line: number, quotes: Quotes | null): number | null {
  let start = 0;
  let counted = 0;
  let counts = '\r';
  let isQuoted = false;
  let isEscaped = false;
  for (let at = 0; at < rows.length; at += 1) {
    const character = rows.charAt(at);
    if (quotes !== null) {
      const { quote, escape } = quotes;
      if (isQuoted && escape !== quote && character === escape) isEscaped = !isEscaped;
      if (character === quote && !isEscaped) isQuoted = !isQuoted;
      if (character !== escape) isEscaped = false;
      if (isQuoted && character === counts) counted += 1;
    }
    if (isQuoted || character !== '\n') continue;
    counted += 1;
    if (counted >= line) return start;
    if (start === 0 && rows.charAt(at - 1) !== '\r') counts = '\n';
    start = at + 1;
  }
  return counted + 1 >= line && start < rows.length ? start : null;
}
