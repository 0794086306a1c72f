import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleChild, type ChildProgram } from './child-program';
import { KeychainSession, type KeychainState } from './keychain-session';

let program: ChildProgram;
beforeAll(async () => {
  program = await bundleChild('profile-session');
});
afterAll(() => program.remove());

describe.runIf(process.platform === 'linux')('profiles with the real keychain', () => {
  let session: KeychainSession;
  let folder: string;
  let path: string;
  beforeEach(async () => {
    session = await KeychainSession.create();
    folder = join(session.home, 'data');
    path = join(folder, 'profiles');
    await mkdir(folder);
  });
  afterEach(() => session.remove());

  const run = async (state: KeychainState, ...wanted: string[]): Promise<unknown> =>
    JSON.parse(await session.node(state, program.path, [path, ...wanted]));

  const shop = { name: 'Shop', password: 'secret-one' };
  const stock = { name: 'Stock', password: 'secret-two' };

  it('are there in the next session, with their passwords', async () => {
    const first = { profiles: [shop], persistent: true };
    expect(await run('unlocked', 'Shop secret-one')).toEqual(first);
    expect(await run('unlocked')).toEqual(first);
    expect(await run('unlocked', 'Stock secret-two')).toEqual({
      profiles: [shop, stock],
      persistent: true,
    });
  });

  it('survive sessions in which the keychain is locked or missing', async () => {
    await run('unlocked', 'Shop secret-one');
    const bytes = await readFile(path);
    for (const state of ['locked', 'no bus'] as const) {
      // What is entered meanwhile works, and ends with the session.
      expect(await run(state, 'Stock secret-two')).toEqual({
        profiles: [stock],
        persistent: false,
        notice: expect.stringContaining('this session only'),
      });
      expect(await readdir(folder)).toEqual(['profiles']);
      expect((await readFile(path)).equals(bytes)).toBe(true);
    }
    expect(await run('unlocked')).toEqual({ profiles: [shop], persistent: true });
  });

  it('start empty beside a damaged file that was set aside', async () => {
    await run('unlocked', 'Shop secret-one');
    await writeFile(path, (await readFile(path)).subarray(0, 100));
    expect(await run('unlocked', 'Stock secret-two')).toEqual({
      profiles: [stock],
      persistent: true,
      notice: expect.stringContaining('damaged'),
    });
    expect((await readdir(folder)).sort()).toEqual([
      'profiles',
      expect.stringMatching(/^profiles\.damaged-/),
    ]);
  });
});
