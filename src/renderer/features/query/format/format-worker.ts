import wasmUrl from 'libpg-query/wasm/libpg-query.wasm?url';
import { SyntaxCheck } from '../editor/script/syntax-check';
import { formatStatement } from './format-statement';
import type { FormatAnswer, FormatRequest } from './messages';

/** Formats beside the page, since a long statement takes longer than a key may wait. */
const grammar = new SyntaxCheck(() => wasmUrl);

async function answer({ id, statements, options }: FormatRequest): Promise<void> {
  const formatted: FormatAnswer['formatted'][number][] = [];
  for (const statement of statements) {
    // A statement that was too complex used up the parser.
    await grammar.load();
    formatted.push(formatStatement(statement, options, grammar));
  }
  const message: FormatAnswer = { id, formatted };
  self.postMessage(message, { transfer: [] });
}

self.addEventListener('message', ({ data }: MessageEvent<FormatRequest>) => {
  void answer(data);
});
