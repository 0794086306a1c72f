import { expect, it } from 'vitest';
import { jitteredLifetime } from '../../../../../src/main/db/pool/pool-member';

it.each([
  [1_000, 0, 1_000],
  [1_000, 0.5, 950],
  [1_000, 1, 900],
  [0, 0.5, 0],
])('a lifetime of %d ms with the random number %d is %d ms', (maxLifetimeMs, random, lifetime) => {
  expect(jitteredLifetime(maxLifetimeMs, () => random)).toBe(lifetime);
});
