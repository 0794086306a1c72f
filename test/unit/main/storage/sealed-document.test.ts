import { randomBytes } from 'node:crypto';
import { assert, property, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyBytes, seal, unseal, UnsealError } from '../../../../src/main/storage/sealed-document';

const key = randomBytes(keyBytes);

function failureOf(sealed: Uint8Array, withKey: Uint8Array = key): string {
  try {
    unseal(sealed, withKey);
  } catch (error) {
    if (error instanceof UnsealError) return error.failure;
    throw error;
  }
  return 'none';
}

describe('seal and unseal', () => {
  it('give back any bytes', () => {
    assert(
      property(uint8Array({ maxLength: 5000 }), (plaintext) => {
        expect([...unseal(seal(plaintext, key), key)]).toEqual([...plaintext]);
      }),
    );
  });

  it('never use a nonce twice', () => {
    const sealed = Array.from({ length: 1000 }, () =>
      seal(Buffer.from('same'), key).toString('hex'),
    );
    const nonces = new Set(sealed.map((hex) => hex.slice(2 * 17, 2 * 29)));
    expect(nonces.size).toBe(1000);
  });

  it('hold nothing of the plaintext or the key', () => {
    const plaintext = Buffer.from('a host name that must not be seen');
    const sealed = seal(plaintext, key);
    expect(sealed.includes(plaintext.subarray(0, 8))).toBe(false);
    expect(sealed.includes(key.subarray(0, 8))).toBe(false);
  });

  it('notice every flipped bit, in the header too', () => {
    const sealed = seal(Buffer.from('profiles'), key);
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      const byte = Math.floor(bit / 8);
      changed.writeUInt8(changed.readUInt8(byte) ^ (1 << (bit % 8)), byte);
      expect(failureOf(changed), `bit ${bit}`).not.toBe('none');
    }
  });

  it('notice every truncation and anything appended', () => {
    const sealed = seal(Buffer.from('profiles'), key);
    for (let length = 0; length < sealed.length; length += 1) {
      expect(failureOf(sealed.subarray(0, length)), `length ${length}`).not.toBe('none');
    }
    expect(failureOf(Buffer.concat([sealed, Buffer.from([0])]))).toBe('damaged');
  });

  it('tell the causes apart', () => {
    const sealed = seal(Buffer.from('profiles'), key);
    const newer = Buffer.from(sealed);
    newer.writeUInt8(2, 8);
    expect(failureOf(newer)).toBe('newer');
    expect(failureOf(sealed, randomBytes(keyBytes))).toBe('other key');
    expect(failureOf(Buffer.from('{"some":"other file"}'))).toBe('foreign');
    expect(failureOf(Buffer.alloc(0))).toBe('foreign');
    const lastByteChanged = Buffer.from(sealed);
    lastByteChanged.writeUInt8((sealed.at(-1) ?? 0) ^ 1, sealed.length - 1);
    expect(failureOf(lastByteChanged)).toBe('damaged');
  });
});
