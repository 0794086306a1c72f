import wasmUrl from 'libpg-query/wasm/libpg-query.wasm?url';
import type { ScriptAnswer, ScriptRequest } from './messages';
import { ScriptAnalyser } from './script-analyser';
import { SyntaxCheck } from './syntax-check';

/**
 * Splits and parses the text of the editor beside the page, so that neither keeps a key waiting. It
 * holds one text: that of the editor which asked last.
 */

/** Milliseconds without a change before the text is parsed, on top of those that the page waits. */
const parseDelay = 180;

const analyser = new ScriptAnalyser(new SyntaxCheck(() => wasmUrl));
let newest = 0;

const answer = (message: ScriptAnswer, transfer: Transferable[] = []): void =>
  self.postMessage(message, { transfer });

/** Lets messages in for so many milliseconds; resolves with whether none has come. */
const pauseOf =
  (turn: number) =>
  (delay = 0): Promise<boolean> =>
    new Promise((resolve) => {
      setTimeout(() => resolve(turn === newest), delay);
    });

async function look(request: ScriptRequest): Promise<void> {
  newest += 1;
  const pause = pauseOf(newest);
  const { script, version } = request;
  analyser.take(request);
  const { places } = analyser;
  answer({ kind: 'statements', script, version, places }, [places.buffer]);
  if (!(await pause(parseDelay))) return;
  const marks = await analyser.findMarks(pause);
  if (marks !== null) answer({ kind: 'marks', script, version, marks });
}

self.addEventListener('message', ({ data }: MessageEvent<ScriptRequest>) => {
  void look(data);
});
