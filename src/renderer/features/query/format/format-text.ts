import { splitStatements, statementAt, type Statement } from '@shared/sql/statements';
import { useSettings } from '../../../api/settings';
import { showToast } from '../../../components/toast-store';
import { viewOf } from '../editor/editor-states';
import type { FormatOptions, Formatted } from './format-statement';
import type { FormatAnswer, FormatRequest } from './messages';

let worker: Worker | null = null;
let requests = 0;

/** Formats the selected statements of a tab, or the one at the cursor, as one step that can be undone. */
export async function formatTab(tabId: string): Promise<void> {
  const view = viewOf(tabId);
  if (view === null) return;
  const { doc, selection } = view.state;
  const { from, to, head } = selection.main;
  const statements = wanted(doc.toString(), from, to, head);
  if (statements.length === 0) {
    showToast({ tone: 'neutral', message: 'There is no statement to format here.' });
    return;
  }
  const formatted = await ask(
    statements.map(({ text }) => text),
    currentOptions(),
  );
  if (viewOf(tabId) !== view || !view.state.doc.eq(doc)) {
    showToast({
      tone: 'neutral',
      message: 'The text was changed meanwhile: nothing is formatted.',
    });
    return;
  }
  const changes = statements.flatMap(({ range, text }, index) => {
    const result = formatted[index];
    if (result === undefined || 'reason' in result || result.text === text) return [];
    return [{ from: range.from, to: range.to, insert: result.text }];
  });
  if (changes.length > 0) {
    view.dispatch({ changes, userEvent: 'input.format', scrollIntoView: true });
  }
  tell(formatted, changes.length);
}

function wanted(text: string, from: number, to: number, head: number): readonly Statement[] {
  if (from === to) {
    const statement = statementAt(text, head);
    return statement?.kind === 'sql' ? [statement] : [];
  }
  return splitStatements(text).filter(
    ({ kind, range }) => kind === 'sql' && range.from < to && range.to > from,
  );
}

function currentOptions(): FormatOptions {
  const { tabSize, keywordCase } = useSettings.getState();
  return { tabSize, keywordCase: keywordCase === 'as-typed' ? 'preserve' : keywordCase };
}

function ask(statements: readonly string[], options: FormatOptions): Promise<readonly Formatted[]> {
  worker ??= new Worker(new URL('./format-worker.ts', import.meta.url), { type: 'module' });
  const answering = worker;
  requests += 1;
  const request: FormatRequest = { id: requests, statements, options };
  return new Promise((resolve) => {
    const take = ({ data }: MessageEvent<FormatAnswer>): void => {
      if (data.id !== request.id) return;
      answering.removeEventListener('message', take);
      resolve(data.formatted);
    };
    answering.addEventListener('message', take);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name.
    answering.postMessage(request);
  });
}

function tell(formatted: readonly Formatted[], changed: number): void {
  const reasons = formatted.flatMap((result) => ('reason' in result ? [result.reason] : []));
  const [reason] = reasons;
  if (reason !== undefined) {
    const message =
      formatted.length === 1
        ? `Not formatted: ${reason}`
        : `${reasons.length} of ${formatted.length} statements were not formatted. ${reason}`;
    showToast({ tone: 'neutral', message });
  } else if (changed === 0) {
    showToast({ tone: 'neutral', message: 'It is formatted already.' });
  }
}
