import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bundleChild, type ChildProgram } from './child-program';
import { KeychainSession, type KeychainState } from './keychain-session';

const answerSchema = z.object({
  method: z.string(),
  value: z.unknown().optional(),
  error: z.object({ kind: z.string(), message: z.string(), advice: z.string() }).optional(),
});
type Answer = z.infer<typeof answerSchema>;

let program: ChildProgram;
beforeAll(async () => {
  program = await bundleChild('keychain-calls');
});
afterAll(() => program.remove());

describe.runIf(process.platform === 'linux')('the keychain of a Linux desktop', () => {
  let session: KeychainSession;
  beforeEach(async () => {
    session = await KeychainSession.create();
  });
  afterEach(() => session.remove());

  const call = async (state: KeychainState, ...calls: string[]): Promise<Answer[]> => {
    const output = await session.node(state, program.path, calls);
    return output
      .trimEnd()
      .split('\n')
      .map((line) => answerSchema.parse(JSON.parse(line)));
  };

  it('keeps secrets across sessions, and lets none be read from its files', async () => {
    const secret = `pässword-${randomBytes(12).toString('hex')}`;
    const [check, set] = await call('unlocked', 'check', `set profile:1:password ${secret}`);
    expect(check?.value).toEqual({ available: true, advice: null });
    expect(set?.error).toBeUndefined();
    const answers = await call(
      'unlocked',
      'get profile:1:password',
      'get profile:2:password',
      'delete profile:1:password',
      'delete profile:1:password',
      'get profile:1:password',
    );
    expect(answers.map(({ value }) => value)).toEqual([secret, null, null, null, null]);
    expect(answers.every(({ error }) => error === undefined)).toBe(true);
    const keyrings = join(session.home, '.local/share/keyrings');
    const files = await readdir(keyrings);
    expect(files).toContain('login.keyring');
    for (const file of files) {
      expect((await readFile(join(keyrings, file))).includes(secret)).toBe(false);
    }
  });

  it.each<[KeychainState, RegExp]>([
    ['no bus', /D-Bus session/],
    ['no service', /install and unlock GNOME Keyring/],
    ['locked', /unlock/],
    ['silent', /try again/],
  ])('with %s says what to do, soon', async (state, advice) => {
    // The keyring that is locked in the second session has to be made in a first one.
    if (state === 'locked') await call('unlocked', 'set account secret');
    const [check, set, get] = await call(state, 'check', 'set account other', 'get account');
    expect(check?.value).toEqual({
      available: false,
      advice: expect.stringMatching(advice),
    });
    expect(set?.error).toMatchObject({ kind: 'KeychainUnavailable' });
    expect(set?.error?.advice).toMatch(advice);
    expect(get?.error).toMatchObject({ kind: 'KeychainUnavailable' });
  });
});
