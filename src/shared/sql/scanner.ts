/** What a token is, as far as finding the ends of statements needs it. */
export type TokenKind =
  /** A keyword or an unquoted identifier. */
  | 'word'
  | 'quoted-identifier'
  /** Any string constant: '…', E'…', U&'…', B'…', X'…', $tag$…$tag$. */
  | 'string'
  | 'number'
  /** $1 */
  | 'parameter'
  | 'line-comment'
  | 'block-comment'
  /** One character of an operator or of punctuation. */
  | 'symbol'
  | 'end';

const code = (character: string): number => character.charCodeAt(0);

const TAB = code('\t');
const LINE_FEED = code('\n');
const CARRIAGE_RETURN = code('\r');
const SPACE = code(' ');
const SINGLE_QUOTE = code("'");
const DOUBLE_QUOTE = code('"');
const DOLLAR = code('$');
const AMPERSAND = code('&');
const ASTERISK = code('*');
const HYPHEN = code('-');
const PERIOD = code('.');
const SLASH = code('/');
const BACKSLASH = code('\\');
const UNDERSCORE = code('_');

/** space, \t, \n, \v, \f, \r: scan.l's "space". A no-break space is a letter to PostgreSQL. */
const isSpace = (c: number): boolean => c === SPACE || (c >= TAB && c <= CARRIAGE_RETURN);
const isDigit = (c: number): boolean => c >= 48 && c <= 57;
const isLetter = (c: number): boolean =>
  (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === UNDERSCORE || c >= 128;
const isWordPart = (c: number): boolean => isLetter(c) || isDigit(c) || c === DOLLAR;

/**
 * What may stand between the parts of one string constant: blanks with a newline among them, and
 * line comments (scan.l, "quotecontinue"). A comment is always all of its line: a row of dashes that
 * could be taken for several would be tried as each number of them.
 */
const continuation =
  /(?:[ \t\f\v]|--[^\n\r]*(?![^\n\r]))*[\n\r](?:[ \t\n\r\f\v]|--[^\n\r]*[\n\r])*'/y;
const dollarQuote = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;

/**
 * Walks over a text token by token by the rules of PostgreSQL's own scanner (src/backend/parser/
 * scan.l of version 18, with standard_conforming_strings on). The difference: nothing is an error.
 * What is not closed reaches to the end of the text, so that a half-written script can be split.
 *
 * The fields describe the present token; no object is made per token, since a script of 5 MB has
 * more than a million. Offsets are UTF-16 units.
 */
export class Scanner {
  kind: TokenKind = 'end';
  from = 0;
  to = 0;
  /** Whether the text ended inside the token. */
  unterminated = false;
  /** Line breaks between the token before and this one. */
  lineBreaks = 0;

  constructor(
    readonly text: string,
    offset = 0,
  ) {
    this.to = offset;
  }

  /** Whether the present token is this one character of punctuation. */
  is(character: string): boolean {
    return this.kind === 'symbol' && this.text[this.from] === character;
  }

  /** Goes on at an offset, when something that is no SQL was skipped. */
  jump(offset: number): void {
    this.to = offset;
  }

  /** Moves to the next token; false at the end of the text. */
  next(): boolean {
    const { text } = this;
    let at = this.to;
    this.lineBreaks = 0;
    for (; at < text.length; at += 1) {
      const c = text.charCodeAt(at);
      if (!isSpace(c)) break;
      if (c === LINE_FEED) this.lineBreaks += 1;
      else if (c === CARRIAGE_RETURN && text.charCodeAt(at + 1) !== LINE_FEED) this.lineBreaks += 1;
    }
    this.from = at;
    this.unterminated = false;
    if (at >= text.length) {
      this.kind = 'end';
      this.to = at;
      return false;
    }
    const c = text.charCodeAt(at);
    if (isLetter(c)) this.readWord(at, c);
    else if (isDigit(c)) this.readNumber(at);
    else if (c === SINGLE_QUOTE) this.readQuoted(at + 1, SINGLE_QUOTE, 'string');
    else if (c === DOUBLE_QUOTE) this.readQuoted(at + 1, DOUBLE_QUOTE, 'quoted-identifier');
    else if (c === DOLLAR) this.readDollar(at);
    else if (c === HYPHEN && text.charCodeAt(at + 1) === HYPHEN) this.readLineComment(at);
    else if (c === SLASH && text.charCodeAt(at + 1) === ASTERISK) this.readBlockComment(at);
    else if (c === PERIOD && isDigit(text.charCodeAt(at + 1))) this.readNumber(at);
    else this.end('symbol', at + 1);
    return true;
  }

  private end(kind: TokenKind, to: number): void {
    this.kind = kind;
    this.to = to;
  }

  private endUnterminated(kind: TokenKind): void {
    this.unterminated = true;
    this.end(kind, this.text.length);
  }

  private readWord(at: number, first: number): void {
    const { text } = this;
    const second = text.charCodeAt(at + 1);
    const lower = first | 32;
    if (second === SINGLE_QUOTE) {
      if (lower === code('e')) return this.readEscapeString(at + 2);
      if (lower === code('b') || lower === code('x') || lower === code('n')) {
        return this.readQuoted(at + 2, SINGLE_QUOTE, 'string');
      }
    }
    if (lower === code('u') && second === AMPERSAND) {
      const third = text.charCodeAt(at + 2);
      if (third === SINGLE_QUOTE) return this.readQuoted(at + 3, third, 'string');
      if (third === DOUBLE_QUOTE) return this.readQuoted(at + 3, third, 'quoted-identifier');
    }
    let to = at + 1;
    while (to < text.length && isWordPart(text.charCodeAt(to))) to += 1;
    this.end('word', to);
  }

  private readNumber(at: number): void {
    const { text } = this;
    let to = at + 1;
    for (; to < text.length; to += 1) {
      const c = text.charCodeAt(to);
      if (!isLetter(c) && !isDigit(c) && c !== PERIOD) break;
    }
    this.end('number', to);
  }

  /** A doubled quote is an escaped one: it reads as two constants in a row, which end alike. */
  private readQuoted(at: number, quote: number, kind: TokenKind): void {
    const mark = quote === SINGLE_QUOTE ? "'" : '"';
    let close = this.text.indexOf(mark, at);
    while (close >= 0 && this.text.charCodeAt(close + 1) === quote) {
      close = this.text.indexOf(mark, close + 2);
    }
    if (close < 0) this.endUnterminated(kind);
    else this.end(kind, close + 1);
  }

  private readEscapeString(at: number): void {
    const { text } = this;
    let to = at;
    while (to < text.length) {
      const c = text.charCodeAt(to);
      if (c === BACKSLASH) to += 2;
      else if (c !== SINGLE_QUOTE) to += 1;
      else if (text.charCodeAt(to + 1) === SINGLE_QUOTE) to += 2;
      else {
        continuation.lastIndex = to + 1;
        if (!continuation.test(text)) return this.end('string', to + 1);
        to = continuation.lastIndex;
      }
    }
    this.endUnterminated('string');
  }

  private readDollar(at: number): void {
    const { text } = this;
    if (isDigit(text.charCodeAt(at + 1))) {
      let to = at + 2;
      while (isDigit(text.charCodeAt(to))) to += 1;
      return this.end('parameter', to);
    }
    dollarQuote.lastIndex = at;
    const delimiter = dollarQuote.exec(text)?.[0];
    if (delimiter === undefined) return this.end('symbol', at + 1);
    const close = text.indexOf(delimiter, at + delimiter.length);
    if (close < 0) this.endUnterminated('string');
    else this.end('string', close + delimiter.length);
  }

  private readLineComment(at: number): void {
    const { text } = this;
    let to = at + 2;
    for (; to < text.length; to += 1) {
      const c = text.charCodeAt(to);
      if (c === LINE_FEED || c === CARRIAGE_RETURN) break;
    }
    this.end('line-comment', to);
  }

  private readBlockComment(at: number): void {
    const { text } = this;
    let depth = 1;
    let to = at + 2;
    while (depth > 0 && to < text.length) {
      const c = text.charCodeAt(to);
      const following = text.charCodeAt(to + 1);
      if (c === ASTERISK && following === SLASH) {
        depth -= 1;
        to += 2;
      } else if (c === SLASH && following === ASTERISK) {
        depth += 1;
        to += 2;
      } else to += 1;
    }
    if (depth > 0) this.endUnterminated('block-comment');
    else this.end('block-comment', to);
  }
}
