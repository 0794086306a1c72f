import { type ChangeSet, StateEffect, StateField } from '@codemirror/state';
import { type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import type { ScriptAnswer, ScriptRequest, SyntaxMark } from './messages';

/** Milliseconds after the last key until the worker is told: at least, and at most. */
const shortestDelay = 60;
const longestDelay = 600;

/** For each statement of the text in order: from, to, end. Null while the worker looks for them. */
const setPlaces = StateEffect.define<Int32Array>();
/** The mistakes of the text as it is. */
export const setSyntaxMarks = StateEffect.define<readonly SyntaxMark[]>();

export const statementPlaces = StateField.define<Int32Array | null>({
  create: () => null,
  update(places, transaction) {
    let next = transaction.docChanged ? null : places;
    for (const effect of transaction.effects) if (effect.is(setPlaces)) next = effect.value;
    return next;
  },
});

/** One worker for all editors, of which one is shown at a time. */
let worker: Worker | null = null;
let scripts = 0;

function scriptWorker(): Worker {
  worker ??= new Worker(new URL('./script-worker.ts', import.meta.url), { type: 'module' });
  return worker;
}

/** Tells the worker of each change of a text and takes its answers into the state. */
class ScriptWatcher {
  readonly #view: EditorView;
  readonly #script: number;
  /** What the worker was told last. */
  #version = 0;
  /** What it was not told yet. */
  #changes: ChangeSet | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sentAt = 0;
  /** As long as the worker took for the last text: one of megabytes must not keep a processor busy. */
  #delay = shortestDelay;

  constructor(view: EditorView) {
    this.#view = view;
    scripts += 1;
    this.#script = scripts;
    scriptWorker().addEventListener('message', this.#onAnswer);
    // The text is shown first.
    this.#timer = setTimeout(() => {
      this.#changes = null;
      this.#send({ kind: 'text', text: view.state.doc.toString() });
    });
  }

  update(update: ViewUpdate): void {
    if (!update.docChanged) return;
    // Before the first message everything is still to be sent as it will be then.
    if (this.#version === 0) return;
    this.#changes = this.#changes?.compose(update.changes) ?? update.changes;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const changes: unknown = this.#changes?.toJSON();
      this.#changes = null;
      this.#send({ kind: 'changes', changes });
    }, this.#delay);
  }

  destroy(): void {
    clearTimeout(this.#timer);
    scriptWorker().removeEventListener('message', this.#onAnswer);
  }

  #send(
    message:
      | { readonly kind: 'text'; readonly text: string }
      | { readonly kind: 'changes'; readonly changes: unknown },
  ): void {
    this.#version += 1;
    this.#sentAt = performance.now();
    const request: ScriptRequest = { script: this.#script, version: this.#version, ...message };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name.
    scriptWorker().postMessage(request);
  }

  readonly #onAnswer = ({ data }: MessageEvent<ScriptAnswer>): void => {
    // An answer about an older text is followed by one about this.
    const isNewest = data.version === this.#version && this.#changes === null;
    if (data.script === this.#script && data.kind === 'statements') {
      const took = performance.now() - this.#sentAt;
      this.#delay = Math.min(Math.max(shortestDelay, took), longestDelay);
    }
    if (data.script !== this.#script || !isNewest) return;
    const effects =
      data.kind === 'statements' ? setPlaces.of(data.places) : setSyntaxMarks.of(data.marks);
    this.#view.dispatch({ effects });
  };
}

/** Keeps the places of the statements in the state of the editor. */
export const scriptWatcher = [statementPlaces, ViewPlugin.fromClass(ScriptWatcher)];
