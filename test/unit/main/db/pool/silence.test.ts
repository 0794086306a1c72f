import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { PoolMember } from '../../../../../src/main/db/pool/pool-member';
import { Silence } from '../../../../../src/main/db/pool/silence';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const patienceMs = 20_000;

/** What is seen of a session. */
interface Seen {
  isWaiting: boolean;
  heardAt: number;
}

function member(seen: Seen): PoolMember {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing else of a member is looked at.
  return { session: seen } as unknown as PoolMember;
}

/** Looks at the members every few seconds; gives after how many seconds each was found. */
function foundAfter(
  seen: Seen,
  { everyMs = 4_000, lookMs = 60_000, onLook = (ms: number): void => void ms } = {},
): number | null {
  const silence = new Silence();
  const one = member(seen);
  for (let ms = 0; ms <= lookMs; ms += everyMs) {
    onLook(ms);
    if (silence.look([one], patienceMs).includes(one)) return ms / 1_000;
    vi.advanceTimersByTime(everyMs);
  }
  return null;
}

it('finds who waited through the time', () => {
  expect(foundAfter({ isWaiting: true, heardAt: 0 })).toBe(20);
});

it('leaves alone who waits for nothing', () => {
  expect(foundAfter({ isWaiting: false, heardAt: 0 })).toBeNull();
});

it('counts anew from each word of the server', () => {
  const seen = { isWaiting: true, heardAt: 0 };
  const onLook = (ms: number): void => {
    if (ms === 12_000) seen.heardAt = performance.now();
  };
  expect(foundAfter(seen, { onLook })).toBe(32);
});

it('counts a statement from the look that first saw it wait', () => {
  const seen = { isWaiting: false, heardAt: 0 };
  const onLook = (ms: number): void => {
    if (ms === 12_000) seen.isWaiting = true;
  };
  expect(foundAfter(seen, { onLook })).toBe(32);
});

it('does not count the time in which the computer slept', () => {
  const hour = 3_600_000;
  expect(foundAfter({ isWaiting: true, heardAt: 0 }, { everyMs: hour, lookMs: 4 * hour })).toBe(
    2 * 3_600,
  );
});

it.each([-1, 1])('does not heed a clock that is set %i day off', (days) => {
  const onLook = (ms: number): void => {
    if (ms === 12_000) vi.setSystemTime(Date.now() + days * 24 * 3_600_000);
  };
  expect(foundAfter({ isWaiting: true, heardAt: 0 }, { onLook })).toBe(20);
});

it('forgets what was before an answer', () => {
  const silence = new Silence();
  const one = member({ isWaiting: true, heardAt: 0 });
  silence.look([one], patienceMs);
  vi.advanceTimersByTime(15_000);
  silence.look([one], patienceMs);
  silence.end();
  vi.advanceTimersByTime(15_000);
  expect(silence.look([one], patienceMs)).toEqual([]);
});
