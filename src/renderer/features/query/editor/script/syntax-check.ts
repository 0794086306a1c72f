import { type GrammarError, readSyntaxError, writeText } from '@shared/sql/parser-memory';
import createModule, { type LibpgQueryModule } from 'libpg-query/wasm/libpg-query.js';

/** Memory of WebAssembly never shrinks: above this an instance is replaced, bytes. */
const largeHeapBytes = 192 * 1024 * 1024;

/** PostgreSQL's grammar as a check: whether a text parses, and what is wrong with it. */
export class SyntaxCheck {
  readonly #locateFile: ((name: string) => string) | undefined;
  #instance: LibpgQueryModule | null = null;

  constructor(locateFile?: (name: string) => string) {
    this.#locateFile = locateFile;
  }

  /** Loads the parser where it is not loaded. Raises what loading WebAssembly raises. */
  async load(): Promise<void> {
    this.#instance ??= await createModule(
      this.#locateFile === undefined ? {} : { locateFile: this.#locateFile },
    );
  }

  /** Whether there is a parser: a statement that was too complex for it uses it up. */
  get isReady(): boolean {
    return this.#instance !== null;
  }

  /**
   * What the grammar refuses in a text; null when it takes it, and when it cannot tell: the parser is
   * not ready, or the text is too complex for it.
   */
  errorOf(text: string): GrammarError | null {
    return this.#parse(text, (instance, result) => readSyntaxError(instance, text, result));
  }

  /** The syntax tree of a text as JSON; null when the grammar refuses it, and when it cannot tell. */
  treeOf(text: string): string | null {
    return this.#parse(text, (instance, result) => {
      if (readSyntaxError(instance, text, result) !== null) return null;
      return instance.UTF8ToString(instance.HEAPU32[result >>> 2] ?? 0);
    });
  }

  #parse<T>(text: string, read: (instance: LibpgQueryModule, result: number) => T): T | null {
    const instance = this.#instance;
    // A NUL would end the text early; running says so.
    if (instance === null || text.includes('\0')) return null;
    try {
      const pointer = writeText(instance, text);
      const result = instance._wasm_parse_query_raw(pointer);
      const answer = result === 0 ? null : read(instance, result);
      if (result !== 0) instance._wasm_free_parse_result(result);
      instance._free(pointer);
      if (instance.HEAPU8.length > largeHeapBytes) this.#instance = null;
      return answer;
    } catch {
      // A trap of WebAssembly leaves a damaged instance: the next load makes another.
      this.#instance = null;
      return null;
    }
  }
}
