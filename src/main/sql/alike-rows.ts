import { Scanner } from '@shared/sql/scanner';

/** Rows of other shapes than these are too different to be worth a look. */
const maxShapes = 200;

/** 'text' without a prefix. One with a backslash means something else where strings do not conform. */
const plainString = /^'[^\\]*'$/;
const plainNumber = /^\d+(?:\.\d+)?$/;

/**
 * An INSERT without those rows of its VALUES that differ from an earlier one in nothing but plain
 * constants: `(2, 'b', now())` behind `(1, 'a', now())`. What the statement does is told by what is
 * left, at a fraction of the time and memory that a tree of megabytes takes. Null where the text is no
 * such INSERT, or has no such rows. What is left parses where the text does.
 */
export function withoutAlikeRows(text: string): string | null {
  const scanner = new Scanner(text);
  if (!nextToken(scanner) || wordOf(scanner) !== 'insert') return null;
  if (!findValues(scanner)) return null;
  const shapes = new Set<string>();
  let shortened = text.slice(0, scanner.to);
  let isShorter = false;
  for (;;) {
    if (!nextToken(scanner) || !scanner.is('(')) return null;
    const { from } = scanner;
    const shape = readRow(scanner);
    if (shape === null) return null;
    if (shapes.has(shape)) isShorter = true;
    else if (shapes.size === maxShapes) return null;
    else {
      shortened += `${shapes.size === 0 ? ' ' : ',\n'}${text.slice(from, scanner.to)}`;
      shapes.add(shape);
    }
    const isLast = !nextToken(scanner) || !scanner.is(',');
    if (isLast) return isShorter ? `${shortened}\n${text.slice(scanner.from)}` : null;
  }
}

/** Moves to the next token that is no comment; false at the end and behind what is not closed. */
function nextToken(scanner: Scanner): boolean {
  while (scanner.next()) {
    if (scanner.unterminated) return false;
    if (scanner.kind !== 'line-comment' && scanner.kind !== 'block-comment') return true;
  }
  return false;
}

const textOf = ({ text, from, to }: Scanner): string => text.slice(from, to);
const wordOf = (scanner: Scanner): string =>
  scanner.kind === 'word' ? textOf(scanner).toLowerCase() : '';

const opens = (scanner: Scanner): boolean => scanner.is('(') || scanner.is('[');
const closes = (scanner: Scanner): boolean => scanner.is(')') || scanner.is(']');

/** Moves to VALUES outside of brackets; `schema.values` is a name. */
function findValues(scanner: Scanner): boolean {
  let depth = 0;
  let isName = false;
  while (nextToken(scanner)) {
    if (opens(scanner)) depth += 1;
    else if (closes(scanner)) depth -= 1;
    else if (depth === 0 && !isName && wordOf(scanner) === 'values') return true;
    isName = scanner.is('.');
  }
  return false;
}

/**
 * Reads a row to its end, from its opening parenthesis: its tokens, with a mark in place of each
 * constant that is the whole value of a column. Null when it does not end.
 */
function readRow(scanner: Scanner): string | null {
  let shape = '';
  let depth = 1;
  /** The mark of a constant that begins a column, until the next token tells whether it is all of it. */
  let mark: string | null = null;
  let constant = '';
  let beginsColumn = true;
  while (nextToken(scanner)) {
    const isEnd = depth === 1 && (scanner.is(',') || scanner.is(')'));
    if (mark !== null) shape += isEnd ? mark : constant;
    mark = null;
    if (opens(scanner)) depth += 1;
    else if (closes(scanner)) depth -= 1;
    if (depth === 0) return shape;
    constant = `${textOf(scanner)} `;
    mark = depth === 1 && beginsColumn ? constantMark(scanner) : null;
    if (mark === null) shape += constant;
    beginsColumn = isEnd;
  }
  return null;
}

function constantMark(scanner: Scanner): string | null {
  const { kind } = scanner;
  if (kind === 'string') return plainString.test(textOf(scanner)) ? "' " : null;
  if (kind === 'number') return plainNumber.test(textOf(scanner)) ? '0 ' : null;
  return null;
}
