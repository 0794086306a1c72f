import { sshTunnelSchema } from '@shared/models/ssh-tunnel';
import { expect, it } from 'vitest';

/** The fields that are wrong, each once. */
function wrong(changes: object): string[] {
  const input = { host: 'bastion', user: 'ann', ...changes };
  const issues = sshTunnelSchema.safeParse(input).error?.issues ?? [];
  return [...new Set(issues.map(({ path }) => path.join('.')))];
}

it('fills in port 22 and the agent', () => {
  expect(sshTunnelSchema.parse({ host: ' bastion ', user: 'ann' })).toEqual({
    host: 'bastion',
    port: 22,
    user: 'ann',
    authentication: 'agent',
    secretSource: 'keychain',
  });
});

it.each<[object, string[]]>([
  [{ host: '' }, ['host']],
  [{ host: 'ann@bastion' }, ['host']],
  [{ host: 'ssh://bastion' }, ['host']],
  [{ host: 'bastion:2222' }, ['host']],
  [{ host: '[::1]:2222' }, ['host']],
  [{ host: 'two hosts' }, ['host']],
  [{ host: '2001:db8::1' }, []],
  [{ host: '10.0.0.1' }, []],
  [{ port: 0 }, ['port']],
  [{ port: 65_536 }, ['port']],
  [{ user: '' }, ['user']],
  [{ authentication: 'key' }, ['keyFile']],
  [{ host: '', user: '', authentication: 'key', keyFile: ' ' }, ['host', 'user', 'keyFile']],
  [{ authentication: 'key', keyFile: 'id_ed25519' }, ['keyFile']],
  [{ authentication: 'key', keyFile: '~ann/id' }, ['keyFile']],
  [{ authentication: 'key', keyFile: '~/.ssh/id' }, []],
  [{ authentication: 'key', keyFile: '/keys/id' }, []],
  [{ authentication: 'key', keyFile: 'C:\\keys\\id' }, []],
])('of %j refuses %j', (changes, fields) => {
  expect(wrong(changes)).toEqual(fields);
});
