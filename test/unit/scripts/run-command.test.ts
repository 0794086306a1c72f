import { describe, expect, it } from 'vitest';
import { npmCommand, readCommand, runCommand } from '../../../scripts/setup/run-command.mjs';

describe('npmCommand', () => {
  const node = '/opt/node/bin/node';

  it('runs the npm that runs this script', () => {
    const env = { npm_execpath: '/opt/npm/bin/npm-cli.js' };
    expect(npmCommand(env, node, () => false)).toEqual({
      command: node,
      prefix: ['/opt/npm/bin/npm-cli.js'],
    });
  });

  it('does not mistake another package manager for npm', () => {
    const env = { npm_execpath: '/opt/yarn/bin/yarn.js' };
    expect(npmCommand(env, node, () => false)).toEqual({ command: 'npm', prefix: [] });
  });

  it('finds npm beside Node', () => {
    const cli = '/opt/node/lib/node_modules/npm/bin/npm-cli.js';
    expect(npmCommand({}, node, (path) => path === cli)).toEqual({ command: node, prefix: [cli] });
  });
});

describe('runCommand', () => {
  it('returns the exit code', async () => {
    expect(await runCommand(process.execPath, ['-e', 'process.exit(3)'])).toBe(3);
  });

  it('ends a command at its time limit', async () => {
    const args = ['-e', 'setInterval(() => {}, 1000)'];
    expect(await runCommand(process.execPath, args, { timeoutMs: 50 })).toBeNull();
  });

  it('says which program could not be started', async () => {
    await expect(runCommand('no-such-program', [])).rejects.toThrow(
      /"no-such-program" could not be started/u,
    );
  });
});

describe('readCommand', () => {
  it('returns the output, and null for a failure or an absent program', () => {
    expect(readCommand(process.execPath, ['-p', '40 + 2'])?.trim()).toBe('42');
    expect(readCommand(process.execPath, ['-e', 'process.exit(1)'])).toBeNull();
    expect(readCommand('no-such-program', [])).toBeNull();
  });
});
