/** The part of libpg_query's WebAssembly module by which texts go in and errors come out. */
export interface ParserMemory {
  readonly HEAPU8: Uint8Array;
  readonly HEAPU32: Uint32Array;
  UTF8ToString(pointer: number): string;
  _malloc(bytes: number): number;
}

/** What the grammar refuses. `position` is in UTF-16 units from the start of the text. */
export interface GrammarError {
  /** The parser's own message, for example: syntax error at or near "from". */
  readonly message: string;
  readonly position: number | null;
}

const encoder = new TextEncoder();

/**
 * Copies a text into the parser's memory as a C string, which the caller frees; unpaired surrogates
 * become U+FFFD. Raises RangeError when there is no room for it.
 */
export function writeText(memory: ParserMemory, text: string): number {
  const bytes = encoder.encode(text);
  const pointer = memory._malloc(bytes.length + 1);
  if (pointer === 0) throw new RangeError('The text does not fit into the memory of the parser.');
  memory.HEAPU8.set(bytes, pointer);
  memory.HEAPU8[pointer + bytes.length] = 0;
  return pointer;
}

/** The UTF-16 offset of a count of code points, which is how the parser counts error positions. */
function utf16Offset(text: string, codePoints: number): number {
  let offset = 0;
  for (let count = 0; count < codePoints && offset < text.length; count += 1) {
    offset += (text.codePointAt(offset) ?? 0) > 0xff_ff ? 2 : 1;
  }
  return offset;
}

/** The error of a PgQueryParseResult; null when the text was parsed. */
export function readSyntaxError(
  memory: ParserMemory,
  text: string,
  result: number,
): GrammarError | null {
  const errorPointer = memory.HEAPU32[(result >>> 2) + 2] ?? 0;
  if (errorPointer === 0) return null;
  // PgQueryError: message, funcname, filename, lineno, cursorpos (1-based, 0 for none), context
  const field = (index: number): number => memory.HEAPU32[(errorPointer >>> 2) + index] ?? 0;
  const cursor = field(4);
  return {
    message: memory.UTF8ToString(field(0)),
    position: cursor > 0 ? utf16Offset(text, cursor - 1) : null,
  };
}
