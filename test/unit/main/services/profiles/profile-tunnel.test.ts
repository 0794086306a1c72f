import { sshTunnelSchema, type SshTunnelDraft } from '@shared/models/ssh-tunnel';
import { describe, expect, it } from 'vitest';
import {
  agentSocket,
  sshAuthenticationOf,
} from '../../../../../src/main/services/profiles/profile-tunnel';

const ssh = (changes: object): SshTunnelDraft =>
  sshTunnelSchema.parse({ host: 'bastion', user: 'ann', ...changes });

const places = {
  stored: () => Promise.resolve('from the keychain'),
  typed: null,
  environment: { SSH_AUTH_SOCK: '/run/agent' },
  platform: 'linux' as const,
  home: '/home/ann',
};

async function secretOf(changes: object, typed: string | null = null): Promise<string | null> {
  const authentication = sshAuthenticationOf(ssh(changes), { ...places, typed });
  switch (authentication.method) {
    case 'agent':
      return null;
    case 'key':
      return authentication.passphrase();
    case 'password':
      return authentication.password();
  }
}

describe('sshAuthenticationOf', () => {
  it('takes the secret from the keychain, unless one was typed', async () => {
    const password = { authentication: 'password' };
    expect(await secretOf(password)).toBe('from the keychain');
    expect(await secretOf(password, 'typed')).toBe('typed');
    expect(await secretOf({ authentication: 'key', keyFile: '/k' })).toBe('from the keychain');
  });

  it('says which secret is to be asked for', async () => {
    const asking = { secretSource: 'ask' };
    await expect(secretOf({ ...asking, authentication: 'password' })).rejects.toMatchObject({
      data: {
        kind: 'InvalidInput',
        field: 'ssh.secret',
        message: expect.stringMatching(/SSH password/),
      },
    });
    const key = { ...asking, authentication: 'key', keyFile: '/k' };
    await expect(secretOf(key)).rejects.toMatchObject({
      data: { field: 'ssh.secret', message: expect.stringMatching(/passphrase/) },
    });
    expect(await secretOf(key, 'typed')).toBe('typed');
  });

  it('has no passphrase where the key has none', async () => {
    const none = { authentication: 'key', keyFile: '/k', secretSource: 'none' };
    expect(await secretOf(none)).toBeNull();
  });

  it.each([
    ['/keys/id', 'linux', '/keys/id'],
    ['~/.ssh/id', 'linux', '/home/ann/.ssh/id'],
    ['~other/id', 'linux', '~other/id'],
  ] as const)('finds the key %s on %s', (keyFile, platform, path) => {
    const draft = { ...ssh({ authentication: 'key', keyFile: '/k' }), keyFile };
    expect(sshAuthenticationOf(draft, { ...places, platform })).toMatchObject({ path });
  });
});

it('finds the agent where each system has it', () => {
  expect(agentSocket({ SSH_AUTH_SOCK: '/run/agent' }, 'linux')).toBe('/run/agent');
  expect(agentSocket({ SSH_AUTH_SOCK: '' }, 'darwin')).toBeNull();
  expect(agentSocket({}, 'win32')).toBe(String.raw`\\.\pipe\openssh-ssh-agent`);
});
