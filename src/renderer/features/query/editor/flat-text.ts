import type { Text } from '@codemirror/state';

/** Lines that are joined between two turns of the event loop: less than 2 ms. */
const linesPerTurn = 10_000;
/** Milliseconds after which a turn is taken though the page is busy. */
const patience = 200;

/**
 * Texts as one string of characters that lie together. `Text.toString` gives a chain of two pieces
 * for each line, and whoever reads it first pays for joining them: with 5 MB more than 100 ms on the
 * way to main.
 */
const flatTexts = new WeakMap<Text, string>();

/** The whole text. */
export function flatText(doc: Text): string {
  return flatTexts.get(doc) ?? doc.toJSON().join('\n');
}

/** Makes the next `flatText` of the same text cheap, piece by piece while the page is idle. */
export async function flattenInTurns(doc: Text): Promise<void> {
  if (doc.lines <= linesPerTurn || flatTexts.has(doc)) return;
  const pieces: string[] = [];
  for (let from = 1; from <= doc.lines; from += linesPerTurn) {
    await idle();
    const to = Math.min(doc.lines, from + linesPerTurn - 1);
    pieces.push(doc.slice(doc.line(from).from, doc.line(to).to).toJSON().join('\n'));
  }
  await idle();
  flatTexts.set(doc, pieces.join('\n'));
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    requestIdleCallback(() => resolve(), { timeout: patience });
  });
}
