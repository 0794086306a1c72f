import { createPublicKey, type KeyObject } from 'node:crypto';

/**
 * The public half of a private key as a line of authorized_keys (RFC 4253, section 6.6; RFC 5656,
 * section 3.1; RFC 8709, section 4), made without the code that is tested.
 */
export function publicLineOf(privateKey: KeyObject): string {
  const { kty, crv, x, y, e, n } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (kty === 'OKP') return line('ssh-ed25519', decode(x));
  if (kty === 'RSA') return line('ssh-rsa', positive(decode(e)), positive(decode(n)));
  const curve = `nistp${crv?.slice(-3) ?? ''}`;
  const point = Buffer.concat([Buffer.from([4]), decode(x), decode(y)]);
  return line(`ecdsa-sha2-${curve}`, Buffer.from(curve), point);
}

function line(type: string, ...fields: readonly Buffer[]): string {
  const blob = [Buffer.from(type), ...fields].flatMap((field) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(field.length);
    return [length, field];
  });
  return `${type} ${Buffer.concat(blob).toString('base64')}`;
}

const decode = (text = ''): Buffer => Buffer.from(text, 'base64url');

/** A number whose first bit is set would be negative without a zero in front (RFC 4251, "mpint"). */
const positive = (number: Buffer): Buffer =>
  (number[0] ?? 0) < 0x80 ? number : Buffer.concat([Buffer.from([0]), number]);
