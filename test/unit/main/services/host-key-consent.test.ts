import { expect, it } from 'vitest';
import { readHostKey } from '../../../../src/main/db/ssh/host-key';
import { describeHostKeyRequest } from '../../../../src/main/services/connections/host-key-consent';

const blob = Buffer.from(
  'AAAAC3NzaC1lZDI1NTE5AAAAIIv988utVumIoa0R1LHLP7+Y/fERIr74mJcBtxHdZgjn',
  'base64',
);

function request(environment: 'local' | 'production') {
  const key = readHostKey(blob);
  if (key === null) throw new Error('This is no key.');
  return describeHostKeyRequest({ name: 'Shop', environment, host: 'bastion', port: 2222, key });
}

it('shows the host, the type of the key, and the fingerprint as ssh-keygen prints it', () => {
  const { message, detail } = request('local');
  expect(message).toBe('Trust the SSH host bastion:2222?');
  expect(detail).toContain('"Shop"');
  expect(detail).toContain('Key type: ED25519');
  expect(detail).toContain('SHA256:8pjtkcqY6sI47H6q2r7rsGf7k/xNQYrJAf4lrcHef0g');
});

it('names production in its first word', () => {
  expect(request('production').message).toMatch(/^PRODUCTION:/);
  expect(request('local').message).not.toMatch(/production/i);
});
