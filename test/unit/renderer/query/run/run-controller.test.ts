import { EditorState } from '@codemirror/state';
import type { QueryResult, QueryRun } from '@shared/models/query-result';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  editorState,
  keepEditorState,
} from '../../../../../src/renderer/features/query/editor/editor-states';
import { runMarks } from '../../../../../src/renderer/features/query/editor/run-marks';
import { endTransaction } from '../../../../../src/renderer/features/query/run/end-transaction';
import {
  cancelRun,
  leaveOldConnection,
  runQuery,
} from '../../../../../src/renderer/features/query/run/run-controller';
import {
  dropRun,
  tabRun,
  useRuns,
  waitingSince,
} from '../../../../../src/renderer/features/query/run/run-store';
import { column, resultOf } from '../../components/grid/row-batches';

type Answer =
  { ok: true; value: unknown } | { ok: false; error: { kind: string; message: string } };
const invoke = vi.fn<(channel: string, request?: unknown) => Promise<Answer>>();
const answers = new Map<string, () => Promise<Answer>>();
const ok = (value: unknown): Answer => ({ ok: true, value });
const all = { kind: 'all' } as const;
const tab = 'tab';
const text = 'select titel from film';

const callsOf = (channel: string) =>
  invoke.mock.calls.filter(([called]) => called === channel).map(([, request]) => request);

function answerRun(run: QueryRun | (() => Promise<QueryRun>)): void {
  answers.set('query:run', async () => ok(typeof run === 'function' ? await run() : run));
}

function done(result: QueryResult): QueryRun['outcomes'][number] {
  return { status: 'done', result };
}

const openRows = () =>
  done(resultOf([column('a')], [['1']], '4f5e2c1a-8b7d-4c3e-9f0a-1b2c3d4e5f60'));
const command = (commandTag: string) => done({ ...resultOf([], []), columns: null, commandTag });

beforeEach(() => {
  useRuns.setState({ runs: {} });
  keepEditorState(tab, EditorState.create({ doc: text, extensions: runMarks }));
  answers.clear();
  invoke.mockReset();
  invoke.mockImplementation(
    (channel) => answers.get(channel)?.() ?? Promise.resolve(ok(undefined)),
  );
  vi.stubGlobal('window', { postern: { invoke } });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('runQuery', () => {
  it('submits the text of the tab with an id of its own, and shows what came of it', async () => {
    answerRun({ outcomes: [openRows(), command('CREATE TABLE')], transaction: 'open' });
    await runQuery('c', tab, all);
    await runQuery('c', tab, all);
    const [first, second] = callsOf('query:run');
    expect(first).toMatchObject({ connectionId: 'c', tabId: tab, text, target: all });
    expect(first).not.toMatchObject({ executionId: Object(second).executionId });
    const run = tabRun(tab);
    expect(run.outcomes.map(({ kind }) => kind)).toEqual(['rows', 'command']);
    expect(run).toMatchObject({ running: null, transaction: 'open' });
    // Rows are what a script is run for.
    expect(run.shownId).toBe(run.outcomes[0]?.id);
  });

  it('runs one thing at a time', async () => {
    let finish = (_run: QueryRun): void => undefined;
    answerRun(() => new Promise((resolve) => (finish = resolve)));
    const running = runQuery('c', tab, all);
    await runQuery('c', tab, all);
    expect(callsOf('query:run')).toHaveLength(1);
    finish({ outcomes: [], transaction: 'idle' });
    await running;
    expect(tabRun(tab).running).toBeNull();
  });

  it.each([
    ['rows', async () => ({ outcomes: [openRows()], transaction: 'open' as const })],
    ['a failure', () => Promise.reject(new Error('gone'))],
  ])('leaves nothing of a tab that was closed while it ran: %s', async (what, come) => {
    let finish = (): void => undefined;
    answerRun(async () => {
      await new Promise<void>((resolve) => (finish = resolve));
      return come();
    });
    const running = runQuery('c', tab, all);
    await vi.waitFor(() => expect(callsOf('query:run')).toHaveLength(1));
    dropRun(tab);
    finish();
    await running;
    expect(useRuns.getState().runs).toEqual({});
    expect(callsOf('query:close-result')).toHaveLength(what === 'rows' ? 1 : 0);
  });

  it('gives up the unread rows of the run before', async () => {
    answerRun({ outcomes: [openRows()], transaction: 'idle' });
    await runQuery('c', tab, all);
    expect(callsOf('query:close-result')).toHaveLength(0);
    await runQuery('c', tab, all);
    expect(callsOf('query:close-result')).toEqual([
      { resultId: '4f5e2c1a-8b7d-4c3e-9f0a-1b2c3d4e5f60' },
    ]);
  });

  it('shows the statement that failed first', async () => {
    const error = { kind: 'QueryFailed' as const, message: 'no', position: 7 };
    const range = { from: 0, to: text.length };
    const failed = { status: 'failed' as const, range, error, durationMs: 1, notices: [] };
    answerRun({ outcomes: [openRows(), failed], transaction: 'idle' });
    await runQuery('c', tab, all);
    const { outcomes, shownId } = tabRun(tab);
    expect(outcomes.find(({ id }) => id === shownId)).toMatchObject({ kind: 'failed', error });
  });

  it('shows a call that failed as an outcome', async () => {
    const error = { kind: 'NotFound', message: 'The connection is closed.' };
    answers.set('query:run', async () => ({ ok: false, error }));
    await runQuery('c', tab, all);
    expect(tabRun(tab)).toMatchObject({
      running: null,
      transaction: 'idle',
      outcomes: [{ kind: 'failed', error, range: null }],
    });
  });

  it('keeps what was typed while it ran', async () => {
    answerRun(async () => {
      const state = editorState(tab);
      if (state === undefined) throw new Error('The tab has no text.');
      keepEditorState(tab, state.update({ changes: { from: 0, insert: '-- new\n' } }).state);
      return { outcomes: [], transaction: 'idle' };
    });
    await runQuery('c', tab, all);
    expect(editorState(tab)?.doc.toString()).toBe(`-- new\n${text}`);
  });
});

describe('cancelRun', () => {
  it('names the execution, and lets the button be pressed again when that failed', async () => {
    let finish = (_run: QueryRun): void => undefined;
    answerRun(() => new Promise((resolve) => (finish = resolve)));
    const running = runQuery('c', tab, all);
    const executionId = tabRun(tab).running?.executionId;
    const failure = { kind: 'ConnectionFailed', message: 'refused' };
    answers.set('query:cancel', async () => ({ ok: false, error: failure }));
    const cancelling = cancelRun(tab);
    expect(tabRun(tab).running?.isCancelling).toBe(true);
    await cancelling;
    expect(callsOf('query:cancel')).toEqual([{ executionId }]);
    expect(tabRun(tab).running?.isCancelling).toBe(false);
    finish({ outcomes: [], transaction: 'idle' });
    await running;
  });

  it.each([
    ['known', ok([])],
    ['not to be had', { ok: false, error: { kind: 'Timeout', message: 'slow' } } as const],
  ])('begins no run that was cancelled before its parameters were %s', async (_what, answer) => {
    keepEditorState(tab, EditorState.create({ doc: 'select :a', extensions: runMarks }));
    let finish = (_answer: Answer): void => undefined;
    answers.set('query:list-parameters', () => new Promise((resolve) => (finish = resolve)));
    const running = runQuery('c', tab, all);
    expect(waitingSince(tabRun(tab))).not.toBeNull();
    await cancelRun(tab);
    expect(waitingSince(tabRun(tab))).toBeNull();
    finish(answer);
    await running;
    expect(callsOf('query:run')).toHaveLength(0);

    const again = runQuery('c', tab, all);
    finish(answer);
    await again;
    expect(callsOf('query:run')).toHaveLength(1);
  });

  it('does nothing when nothing runs', async () => {
    await cancelRun(tab);
    expect(callsOf('query:cancel')).toHaveLength(0);
  });
});

describe('endTransaction', () => {
  beforeEach(async () => {
    answerRun({ outcomes: [openRows()], transaction: 'open' });
    await runQuery('c', tab, all);
  });

  it('keeps the rows that are shown', async () => {
    answerRun({ outcomes: [command('COMMIT')], transaction: 'idle' });
    await endTransaction('c', tab, 'COMMIT');
    const run = tabRun(tab);
    expect(run).toMatchObject({ transaction: 'idle', transactionMessage: 'Committed' });
    expect(run.outcomes[0]).toMatchObject({ kind: 'rows' });
  });

  it('does not call a commit what the server rolled back', async () => {
    answerRun({ outcomes: [command('ROLLBACK')], transaction: 'idle' });
    await endTransaction('c', tab, 'COMMIT');
    expect(tabRun(tab).transactionMessage).toBe('Rolled back');
  });

  it.each([
    { commandTag: 'COMMIT', isUndone: undefined },
    { commandTag: 'ROLLBACK', isUndone: true },
  ])('after $commandTag tells of each command whether it was undone', async (end) => {
    answerRun({
      outcomes: [command('DELETE 2'), command('BEGIN'), command('UPDATE 3')],
      transaction: 'open',
    });
    await runQuery('c', tab, all);
    answerRun({ outcomes: [command(end.commandTag)], transaction: 'idle' });
    await endTransaction('c', tab, 'ROLLBACK');
    const undone = tabRun(tab).outcomes.map((outcome) => 'isUndone' in outcome && outcome.isUndone);
    expect(undone).toEqual([false, false, end.isUndone ?? false]);
  });

  it('shows the failure of a commit', async () => {
    const error = { kind: 'ConstraintViolated' as const, message: 'deferred' };
    const range = { from: 0, to: 6 };
    const failed = { status: 'failed' as const, range, error, durationMs: 1, notices: [] };
    answerRun({ outcomes: [failed], transaction: 'idle' });
    await endTransaction('c', tab, 'COMMIT');
    expect(tabRun(tab)).toMatchObject({
      transaction: 'idle',
      transactionMessage: null,
      outcomes: [{ kind: 'failed', error }],
    });
  });
});

describe('leaveOldConnection', () => {
  it('forgets the transaction of a connection that was opened anew', async () => {
    answerRun({ outcomes: [openRows()], transaction: 'open' });
    await runQuery('old', tab, all);
    leaveOldConnection(tab, 'old');
    expect(tabRun(tab).transaction).toBe('open');
    leaveOldConnection(tab, 'new');
    expect(tabRun(tab)).toMatchObject({ transaction: 'idle', connectionId: 'new' });
  });
});
