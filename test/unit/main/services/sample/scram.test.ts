import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { scramVerifier } from '../../../../../src/main/services/sample/scram';

/** The exchange that RFC 7677, section 3 gives for the password "pencil". */
const nonce = 'rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0';
const salt = 'W22ZaJ0SNY7soEsUEjb6gQ==';
const authMessage = `n=user,r=rOprNGfwEbeRWgbNEkqO,r=${nonce},s=${salt},i=4096,c=biws,r=${nonce}`;
const clientProof = Buffer.from('dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=', 'base64');
const serverSignature = '6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=';

test('the verifier checks the proof and gives the signature of the exchange in RFC 7677', async () => {
  const verifier = await scramVerifier('pencil', Buffer.from(salt, 'base64'), 4096);

  const parts = /^SCRAM-SHA-256\$4096:([^$]+)\$([^:]+):(.+)$/u.exec(verifier);
  const [, storedSalt, storedKey = '', serverKey = ''] = parts ?? [];
  expect(storedSalt).toBe(salt);
  const sign = (key: string): Buffer =>
    createHmac('sha256', Buffer.from(key, 'base64')).update(authMessage).digest();
  expect(sign(serverKey).toString('base64')).toBe(serverSignature);
  const clientSignature = sign(storedKey);
  const clientKey = clientProof.map((byte, index) => byte ^ (clientSignature[index] ?? 0));
  expect(createHash('sha256').update(clientKey).digest('base64')).toBe(storedKey);
});

test('each verifier has a salt of its own', async () => {
  expect(await scramVerifier('pencil')).not.toBe(await scramVerifier('pencil'));
});
