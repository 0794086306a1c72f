import type { Scanner } from './scanner';

/** Deep enough for CREATE OR REPLACE FUNCTION. */
const headLength = 4;

/**
 * Follows one statement to tell a semicolon that ends it from one inside it. PostgreSQL has only two
 * places for the latter: the body of an SQL function (BEGIN ATOMIC … END, in which CASE … END
 * nests), and the parenthesised commands of CREATE RULE. In any other statement a semicolon between
 * parentheses is a mistake, and ends it, so that one forgotten parenthesis does not swallow the rest
 * of the script.
 */
export class StatementNesting {
  /** Whether it is COPY … FROM STDIN: the rows follow in the script. */
  copiesFromStdin = false;

  private readonly head: string[] = [];
  private parentheses = 0;
  private blocks = 0;
  private previousWord = '';
  private afterPeriod = false;

  /** Whether a semicolon here would be inside the statement. */
  get isOpen(): boolean {
    return this.blocks > 0 || (this.parentheses > 0 && this.isCreate('rule'));
  }

  /** Takes the scanner's present token, which is no comment. */
  take(scanner: Scanner): void {
    if (scanner.kind === 'word') this.takeWord(scanner);
    else if (scanner.is('(')) this.parentheses += 1;
    else if (scanner.is(')')) this.parentheses -= 1;
    this.afterPeriod = scanner.is('.');
    if (scanner.kind !== 'word') this.previousWord = '';
  }

  private takeWord(scanner: Scanner): void {
    const first = this.head[0];
    const isHead = this.head.length < headLength;
    if (!isHead && first !== 'create' && first !== 'copy') return;
    const word = scanner.text.slice(scanner.from, scanner.to).toLowerCase();
    if (isHead) this.head.push(word);
    if (first === 'copy') this.takeCopyWord(word);
    // After a period or AS the word is a column's name, whatever it says.
    else if (!this.afterPeriod && this.previousWord !== 'as') this.takeBlockWord(word);
    this.previousWord = word;
  }

  private takeCopyWord(word: string): void {
    if (this.parentheses === 0 && word === 'stdin' && this.previousWord === 'from') {
      this.copiesFromStdin = true;
    }
  }

  private takeBlockWord(word: string): void {
    if (word === 'atomic' && this.previousWord === 'begin' && this.isRoutine) this.blocks += 1;
    else if (word === 'case' && this.blocks > 0) this.blocks += 1;
    else if (word === 'end' && this.blocks > 0) this.blocks -= 1;
  }

  private get isRoutine(): boolean {
    return this.isCreate('function') || this.isCreate('procedure');
  }

  private isCreate(what: string): boolean {
    const { head } = this;
    if (head[0] !== 'create') return false;
    return head[1] === what || (head[1] === 'or' && head[2] === 'replace' && head[3] === what);
  }
}
