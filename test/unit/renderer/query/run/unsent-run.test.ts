import { EditorState } from '@codemirror/state';
import type { DatabaseErrorData } from '@shared/models/database-error';
import type { QueryRun } from '@shared/models/query-result';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  editorState,
  keepEditorState,
} from '../../../../../src/renderer/features/query/editor/editor-states';
import { runMarks } from '../../../../../src/renderer/features/query/editor/run-marks';
import { endTransaction } from '../../../../../src/renderer/features/query/run/end-transaction';
import { retryRun, runQuery } from '../../../../../src/renderer/features/query/run/run-controller';
import { tabRun, useRuns } from '../../../../../src/renderer/features/query/run/run-store';
import { column, resultOf } from '../../components/grid/row-batches';

type Answer = { ok: true; value: unknown } | { ok: false; error: DatabaseErrorData };
const invoke = vi.fn<(channel: string, request?: unknown) => Promise<Answer>>();
let answerToRun: Answer;

const tab = 'tab';
const text = 'select 1; select 2';
const resultId = '4f5e2c1a-8b7d-4c3e-9f0a-1b2c3d4e5f60';
const rows: QueryRun = {
  outcomes: [{ status: 'done', result: resultOf([column('a')], [['1']], resultId) }],
  transaction: 'idle',
};

function failedRun(error: DatabaseErrorData, nothingSent: boolean): QueryRun {
  const range = { from: 10, to: 18 };
  return {
    outcomes: [{ status: 'failed', range, error, durationMs: 1, notices: [] }],
    transaction: 'idle',
    ...(nothingSent && { nothingSent }),
  };
}

const refused: DatabaseErrorData = { kind: 'ConnectionFailed', message: 'Nothing accepts.' };
const callsOf = (channel: string) =>
  invoke.mock.calls.filter(([called]) => called === channel).map(([, request]) => request);

async function runTo(answer: QueryRun | DatabaseErrorData): Promise<void> {
  answerToRun = 'outcomes' in answer ? { ok: true, value: answer } : { ok: false, error: answer };
  await runQuery('c', tab, { kind: 'statement-at', offset: 12 });
}

beforeEach(() => {
  useRuns.setState({ runs: {} });
  keepEditorState(tab, EditorState.create({ doc: text, extensions: runMarks }));
  invoke.mockReset();
  invoke.mockImplementation((channel) =>
    Promise.resolve(channel === 'query:run' ? answerToRun : { ok: true, value: undefined }),
  );
  vi.stubGlobal('window', { postern: { invoke } });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a run of which nothing was sent', () => {
  it('is told beside the results of the run before, which stay readable', async () => {
    await runTo(rows);
    const [before] = tabRun(tab).outcomes;
    await runTo(failedRun(refused, true));
    expect(tabRun(tab)).toMatchObject({
      outcomes: [before],
      shownId: before?.id,
      refusal: { kind: 'failed', error: refused, unsent: true },
    });
    expect(callsOf('query:close-result')).toEqual([]);
  });

  it('is told in their place when there are none', async () => {
    await runTo(failedRun(refused, true));
    await runTo(failedRun({ ...refused, message: 'Still nothing.' }, true));
    expect(tabRun(tab)).toMatchObject({
      outcomes: [{ kind: 'failed', error: { message: 'Still nothing.' }, unsent: true }],
      refusal: null,
    });
  });

  it.each<DatabaseErrorData['kind']>(['InvalidInput', 'ReadOnly', 'NotFound', 'InvalidRequest'])(
    'may be refused by main as a whole: %s',
    async (kind) => {
      await runTo(rows);
      await runTo({ kind, message: 'Nothing was sent.' });
      expect(tabRun(tab)).toMatchObject({
        outcomes: [{ kind: 'rows' }],
        refusal: { kind: 'failed', error: { kind } },
      });
    },
  );

  it('takes nothing away when a person declines', async () => {
    await runTo(rows);
    const range = { from: 0, to: 8 };
    await runTo({
      outcomes: [{ status: 'declined', range }],
      transaction: 'idle',
      nothingSent: true,
    });
    expect(tabRun(tab)).toMatchObject({
      outcomes: [{ kind: 'rows' }],
      refusal: { kind: 'declined' },
    });
  });

  it('is forgotten with the next run that does send something', async () => {
    await runTo(rows);
    await runTo(failedRun(refused, true));
    await runTo(failedRun({ kind: 'ConnectionLost', message: 'Lost.' }, false));
    expect(tabRun(tab)).toMatchObject({
      outcomes: [{ kind: 'failed', error: { kind: 'ConnectionLost' } }],
      refusal: null,
    });
    expect(callsOf('query:close-result')).toEqual([{ resultId }]);
  });
});

describe('retryRun', () => {
  it('runs the same statement where it stands by now', async () => {
    await runTo(failedRun(refused, true));
    const state = editorState(tab);
    if (state === undefined) throw new Error('The tab has no text.');
    keepEditorState(tab, state.update({ changes: { from: 0, insert: '-- new\n' } }).state);
    await retryRun('c', tab);
    expect(callsOf('query:run').at(-1)).toMatchObject({
      text: `-- new\n${text}`,
      target: { kind: 'statement-at', offset: 19 },
    });
  });

  it('runs nothing when its text was deleted', async () => {
    await runTo(failedRun(refused, true));
    const state = editorState(tab);
    if (state === undefined) throw new Error('The tab has no text.');
    keepEditorState(tab, state.update({ changes: { from: 9, to: text.length } }).state);
    await retryRun('c', tab);
    expect(callsOf('query:run')).toHaveLength(1);
  });

  it('never repeats the statement before a COMMIT', async () => {
    await runTo(rows);
    answerToRun = { ok: true, value: failedRun(refused, true) };
    await endTransaction('c', tab, 'COMMIT');
    expect(tabRun(tab)).toMatchObject({ refusal: { error: refused }, target: null });
    await retryRun('c', tab);
    expect(callsOf('query:run')).toHaveLength(2);
  });
});

it('calls no transaction committed that was lost with its session', async () => {
  await runTo(rows);
  const notices = [{ severity: 'WARNING', message: 'no transaction', sqlState: '25P01' }];
  const result = { ...resultOf([], []), columns: null, commandTag: 'COMMIT', notices };
  answerToRun = {
    ok: true,
    value: { outcomes: [{ status: 'done', result }], transaction: 'idle' },
  };
  await endTransaction('c', tab, 'COMMIT');
  expect(tabRun(tab).transactionMessage).toBe('Rolled back: the session was lost');
});
