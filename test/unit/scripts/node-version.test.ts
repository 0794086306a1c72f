import { describe, expect, it } from 'vitest';
import { checkNodeVersion, isAtLeast } from '../../../scripts/setup/node-version.mjs';

describe('isAtLeast', () => {
  it.each([
    ['v20.19.0', '20.19.0', true],
    ['v20.19.1', '20.19.0', true],
    ['v20.9.0', '20.19.0', false],
    ['v22.0.0', '20.19.0', true],
    ['v18.20.8', '20.19.0', false],
    ['v20.20.0-nightly', '20.19.0', true],
  ])('%s against %s is %s', (actual, minimum, expected) => {
    expect(isAtLeast(actual, minimum)).toBe(expected);
  });
});

describe('checkNodeVersion', () => {
  it('names the version that is needed and the one that runs', () => {
    expect(() => checkNodeVersion('>=20.19.0', 'v18.15.0')).toThrow(
      /Node\.js 20\.19\.0 or newer is needed; this is v18\.15\.0/u,
    );
  });

  it('accepts this Node', () => {
    expect(() => checkNodeVersion('>=20.19.0')).not.toThrow();
  });
});
