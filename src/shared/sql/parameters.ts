import { Scanner } from './scanner';

/** A parameter as it stands in a statement. */
export interface ParameterUse {
  /** As written: `$1` or `:name`. Names differ in case, as psql's variables do. */
  readonly name: string;
  /** UTF-16 units from the start of the statement. */
  readonly from: number;
  readonly to: number;
}

/** A statement as the server takes it. */
export interface BoundStatement {
  /** With `$n` in place of every `:name`. */
  readonly text: string;
  /** What each parameter is called in the person's text: the first is `$1` of the sent text. */
  readonly names: readonly (string | null)[];
  /** The offset in the person's text for an offset in the sent one, UTF-16 units. */
  readonly originalOffset: (offset: number) => number;
}

/** Bind counts parameters in 16 bits (PostgreSQL manual, "Message Formats"). */
const maxParameters = 65_535;

/** What a bracket was opened for, as far as a colon inside it means something. */
type Bracket =
  | 'parenthesis'
  /** The arguments of json_object: `'key' : value`. */
  | 'json-object'
  /** ARRAY[…] */
  | 'array'
  /** a[…], where a colon makes a slice. */
  | 'subscript';

/** Finds the parameters of one statement, token by token. */
class ParameterFinder {
  readonly found: ParameterUse[] = [];
  private readonly scanner: Scanner;
  private readonly brackets: Bracket[] = [];
  private readonly head: string[] = [];
  /** The token before, in lower case where it is a word. */
  private previous = '';
  private afterOperand = false;

  constructor(private readonly text: string) {
    this.scanner = new Scanner(text);
  }

  find(): readonly ParameterUse[] {
    const { scanner } = this;
    while (scanner.next()) {
      if (scanner.kind === 'line-comment' || scanner.kind === 'block-comment') continue;
      if (scanner.kind === 'word') this.takeWord();
      else if (scanner.kind === 'symbol') this.takeSymbol();
      else this.takeOperand();
      if (this.definesParameters) return [];
    }
    return this.found;
  }

  /** PREPARE and CREATE FUNCTION declare parameters of their own, which no run gives values to. */
  private get definesParameters(): boolean {
    const [first, second, third, fourth] = this.head;
    if (first === 'prepare') return second !== undefined && second !== 'transaction';
    if (first !== 'create') return false;
    const what = second === 'or' && third === 'replace' ? fourth : second;
    return what === 'function' || what === 'procedure';
  }

  private takeWord(): void {
    const { scanner, text } = this;
    this.previous = text.slice(scanner.from, scanner.to).toLowerCase();
    this.afterOperand = false;
    if (this.head.length < 4) this.head.push(this.previous);
  }

  private takeOperand(): void {
    const { scanner, text } = this;
    this.previous = '';
    this.afterOperand = true;
    if (scanner.kind !== 'parameter') return;
    const name = text.slice(scanner.from, scanner.to);
    const number = Number(name.slice(1));
    if (number < 1 || number > maxParameters) return;
    this.found.push({ name: `$${number}`, from: scanner.from, to: scanner.to });
  }

  private takeSymbol(): void {
    const { scanner, text } = this;
    const symbol = text[scanner.from] ?? '';
    if (symbol === ':' && this.takeNamed()) return;
    if (symbol === '(') {
      const isJson = this.previous === 'json_object' || this.previous === 'json_objectagg';
      this.brackets.push(isJson ? 'json-object' : 'parenthesis');
    } else if (symbol === '[') {
      // Within ARRAY[[1, 2], [3, 4]] the inner brackets are arrays, too.
      const isNested = this.brackets.at(-1) === 'array' && !this.afterOperand;
      this.brackets.push(this.previous === 'array' || isNested ? 'array' : 'subscript');
    } else if (symbol === ')' || symbol === ']') this.brackets.pop();
    this.previous = symbol;
    this.afterOperand = symbol === ')' || symbol === ']';
  }

  /** Whether the present colon begins a `:name`. A name stands where an operand is missing. */
  private takeNamed(): boolean {
    const { scanner, text } = this;
    const { from } = scanner;
    const bracket = this.brackets.at(-1);
    if (text[from - 1] === ':' || this.afterOperand || bracket === 'subscript') return false;
    const isKey = this.previous !== 'value' && /^\p{L}/u.test(this.previous);
    if (bracket === 'json-object' && isKey) return false;
    const end = scanner.to;
    if (!scanner.next() || scanner.kind !== 'word' || scanner.from !== end) {
      scanner.jump(end);
      return false;
    }
    this.found.push({ name: text.slice(from, scanner.to), from, to: scanner.to });
    this.previous = '';
    this.afterOperand = true;
    return true;
  }
}

/**
 * The parameters of one statement in their order: `$1` and `:name`, outside of strings, comments and
 * quoted names. Not a parameter: the type of a cast (`::text`), a slice (`a[1:n]`), `:=`, the colon of
 * json_object, psql's `:'name'`, and what PREPARE and CREATE FUNCTION declare. A text that is valid
 * SQL without named parameters keeps its meaning.
 */
export function findParameters(statement: string): readonly ParameterUse[] {
  return /[$:]/.test(statement) ? new ParameterFinder(statement).find() : [];
}

/**
 * The statement for a grammar that knows no `:name`: each becomes a `$1` of the same length, so that
 * all offsets stay. `uses` are its parameters, where they are known.
 */
export function maskNamedParameters(statement: string, uses = findParameters(statement)): string {
  return replaceNamed(statement, uses, () => '$1').text;
}

/**
 * Numbers the named parameters of a statement behind its `$n`. One name has one number. `uses` are its
 * parameters, where they are known.
 */
export function bindParameters(
  statement: string,
  uses = findParameters(statement),
): BoundStatement {
  if (uses.length === 0) return { text: statement, names: [], originalOffset: (at) => at };
  const names: (string | null)[] = [];
  for (const { name } of uses) {
    if (!name.startsWith('$')) continue;
    while (names.length < Number(name.slice(1))) names.push(null);
    names[Number(name.slice(1)) - 1] = name;
  }
  const numbers = new Map<string, number>();
  for (const { name } of uses) {
    if (name.startsWith('$') || numbers.has(name)) continue;
    names.push(name);
    numbers.set(name, names.length);
  }
  const { text, originalOffset } = replaceNamed(
    statement,
    uses,
    (name) => `$${numbers.get(name) ?? 0}`,
  );
  return { text, names, originalOffset };
}

/** Puts another text in place of each named parameter, padded with blanks to its length. */
function replaceNamed(
  statement: string,
  uses: readonly ParameterUse[],
  replacement: (name: string) => string,
): { text: string; originalOffset: (offset: number) => number } {
  let text = '';
  let at = 0;
  /** Where the texts are shifted: from an offset of the new text on, by so many units. */
  const shifts: { from: number; by: number }[] = [];
  for (const { name, from, to } of uses) {
    if (name.startsWith('$')) continue;
    text += statement.slice(at, from) + replacement(name).padEnd(to - from);
    at = to;
    // `:a` has no room for $10: what follows moves.
    const by = text.length - to;
    if (by !== (shifts.at(-1)?.by ?? 0)) shifts.push({ from: text.length, by });
  }
  text += statement.slice(at);
  const originalOffset = (offset: number): number =>
    offset - (shifts.findLast((shift) => shift.from <= offset)?.by ?? 0);
  return { text, originalOffset };
}
