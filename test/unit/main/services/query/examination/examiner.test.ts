import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExaminationRequest } from '../../../../../../src/main/services/query/examination/examine';
import { Examiner } from '../../../../../../src/main/services/query/examination/examiner';
import { buildThreadFile, type ThreadFile } from '../../../../../fixtures/examination-thread';
import { conditionCases } from '../../query-validator/cases/conditions';
import { dataChangeCases } from '../../query-validator/cases/data-changes';
import { harmlessCases } from '../../query-validator/cases/harmless';
import { serverCases } from '../../query-validator/cases/server';
import { sessionCases } from '../../query-validator/cases/session';
import { structureCases } from '../../query-validator/cases/structure';

const cases = [
  ...conditionCases,
  ...dataChangeCases,
  ...harmlessCases,
  ...serverCases,
  ...sessionCases,
  ...structureCases,
].map(([sql]) => sql);

let file: ThreadFile;
let beside: Examiner;
const here = new Examiner();

beforeAll(async () => {
  file = await buildThreadFile();
  // Everything goes to the thread, however short.
  beside = new Examiner({ threadFile: file.path, longText: 0 });
});
afterAll(async () => {
  await beside.close();
  await file.remove();
});

const all = (text: string): ExaminationRequest => ({ text, target: { kind: 'all' } });

describe('an examination in the thread', () => {
  it('is the same as here for every case of the safety rules', async () => {
    for (const sql of cases) {
      expect({ sql, is: await beside.examine(all(sql)) }).toEqual({
        sql,
        is: await here.examine(all(sql)),
      });
    }
  });

  it('is the same for all of them as one script, which takes several batches', async () => {
    const script = all('prepare p as delete from t;\n'.repeat(1200) + cases.join(';\n;'));
    const examined = await beside.examine(script);
    expect(examined.length).toBeGreaterThan(1200);
    expect(examined).toEqual(await here.examine(script));
  });

  const script =
    "prepare d as delete from t; execute d;\nCOPY t FROM STDIN;\n1\t'x\n\\.\n\\d t\nselect :a, $2, ':b'; drop table";
  it.each<[string, ExaminationRequest]>([
    ['a text with rows, commands of psql and parameters', all(script)],
    ['a selection', { text: script, target: { kind: 'selection', range: { from: 28, to: 90 } } }],
    ['the statement at an offset', { text: script, target: { kind: 'statement-at', offset: 30 } }],
    ['no statement', { text: '-- nothing', target: { kind: 'all' } }],
    [
      'statements to explain',
      { ...all('delete from t where a = :a; select 1'), explain: 'analyze' },
    ],
    ['letters outside of ASCII', all('select \'ä😀\' from "tä"; selec 😀;')],
  ])('is the same for %s', async (_what, request) => {
    expect(await beside.examine(request)).toEqual(await here.examine(request));
    expect(await beside.find(request)).toEqual(await here.find(request));
  });

  it('answers questions at the same time, each with its own text', async () => {
    const texts = ['select 1', 'drop table a', 'delete from b', 'vacuum full c'];
    const examined = await Promise.all(texts.map((text) => beside.examine(all(text))));
    expect(examined.map(([first]) => first?.statement.text)).toEqual(texts);
    expect(examined.map(([first]) => first?.analysis.kind)).toEqual([
      'select',
      'drop',
      'delete',
      'vacuum',
    ]);
  });

  it('goes on behind a statement that is too complex for the parser', async () => {
    const deep = `select ${'('.repeat(50_000)}1${')'.repeat(50_000)}`;
    const examined = await beside.examine(all(`${deep}; select 1; ${deep}; ${deep}; drop table t`));
    expect(examined.map(({ analysis }) => analysis.kind)).toEqual([
      'unknown',
      'select',
      'unknown',
      'unknown',
      'drop',
    ]);
  });
});

describe('an examination that is given up', () => {
  it('rejects at once with the reason, and the next one is answered', async () => {
    const abort = new AbortController();
    const long = all('select 1;\n'.repeat(50_000));
    const given = beside.examine(long, abort.signal);
    const waiting = beside.examine(all('drop table t'));
    abort.abort(new Error('no longer wanted'));
    await expect(given).rejects.toThrow('no longer wanted');
    expect((await waiting)[0]?.analysis.kind).toBe('drop');
    expect((await beside.examine(all('select 1')))[0]?.analysis.kind).toBe('select');
  });

  it('gives up one that still waits for its turn without touching the one before', async () => {
    const abort = new AbortController();
    const first = beside.examine(all('select 1;\n'.repeat(5_000)));
    const second = beside.examine(all('select 1'), abort.signal);
    abort.abort(new Error('no longer wanted'));
    await expect(second).rejects.toThrow('no longer wanted');
    expect(await first).toHaveLength(5_000);
  });
});

describe('a thread that ends', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'postern-thread-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const onMessage = "require('node:worker_threads').parentPort.on('message', () => ";
  it.each([
    ['at its start', 'throw new Error("broken")', 'broken'],
    ['by an error', `${onMessage} { throw new Error('broken'); })`, 'broken'],
    ['without a word', `${onMessage} process.exit(0))`, 'its thread has ended'],
    ['because there is no such file', null, 'Cannot find module'],
  ])('%s: nothing counts as understood', async (name, program, why) => {
    const threadFile = join(folder, `${name.replaceAll(' ', '-')}.cjs`);
    if (program !== null) await writeFile(threadFile, program);
    const examiner = new Examiner({ threadFile, longText: 0 });
    for (let run = 0; run < 2; run += 1) {
      const [first, second, ...others] = await examiner.examine(all('select 1; select :b'));
      expect(others).toEqual([]);
      expect(second?.statement.text).toBe('select :b');
      expect(second?.parameters).toHaveLength(1);
      expect(first?.analysis).toMatchObject({ kind: 'unknown', writes: true, range: { from: 0 } });
      const [risk] = first?.analysis.risks ?? [];
      expect(risk).toMatchObject({ code: 'not-understood', level: 'confirm' });
      expect(risk?.reason).toContain(why);
      expect(await examiner.find(all('select :a'))).toHaveLength(1);
    }
    await examiner.close();
  });
});

describe('a short text', () => {
  it('is examined without the thread', async () => {
    const examiner = new Examiner({ threadFile: '/there/is/none.cjs' });
    const [first] = await examiner.examine(all('select 1'));
    expect(first?.analysis.kind).toBe('select');
    const [long] = await examiner.examine(all(`select 1 -- ${'x'.repeat(70_000)}`));
    expect(long?.analysis.kind).toBe('unknown');
  });

  it('is not examined any more once it was given up', async () => {
    const signal = AbortSignal.abort(new Error('no longer wanted'));
    await expect(here.examine(all('select 1'), signal)).rejects.toThrow('no longer wanted');
  });
});
