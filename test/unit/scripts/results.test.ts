import { describe, expect, it } from 'vitest';
import {
  addCounts,
  playwrightCounts,
  reasonOfFailure,
  summaryLine,
  vitestCounts,
} from '../../../scripts/test/results.mjs';

const counts = { passed: 3, failed: 0, skipped: 0 };

describe('counting', () => {
  it('reads the report of vitest; todo is skipped, and a file that does not load is a failure', () => {
    const report = {
      numPassedTests: 5,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [
        { status: 'failed', assertionResults: [] },
        { status: 'failed', assertionResults: [{}] },
        { status: 'passed', assertionResults: [{}] },
      ],
    };
    expect(vitestCounts(report)).toEqual({ passed: 5, failed: 2, skipped: 3 });
  });

  it('reads the report of Playwright; flaky tests and errors outside tests are failures', () => {
    const report = {
      stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 },
      errors: [{ message: 'SyntaxError' }],
    };
    expect(playwrightCounts(report)).toEqual({ passed: 4, failed: 3, skipped: 2 });
  });

  it('adds runs up', () => {
    expect(addCounts(counts, { passed: 1, failed: 2, skipped: 3 })).toEqual({
      passed: 4,
      failed: 2,
      skipped: 3,
    });
  });
});

describe('reasonOfFailure', () => {
  it('is null for tests that all ran and passed', () => {
    expect(reasonOfFailure(counts, 0)).toBeNull();
  });

  it.each([
    [{ ...counts, failed: 1 }, 1, /1 failed/u],
    [{ ...counts, failed: 1 }, 0, /1 failed/u],
    [counts, 1, /code 1/u],
    [counts, null, /signal/u],
    [{ ...counts, skipped: 2 }, 0, /2 skipped/u],
    [{ ...counts, passed: 0 }, 0, /no test ran/u],
  ])('%o with exit code %s', (result, exitCode, reason) => {
    expect(reasonOfFailure(result, exitCode)).toMatch(reason);
  });
});

describe('summaryLine', () => {
  it('counts passed and failed, and skipped when there are any', () => {
    expect(summaryLine(counts, true)).toBe('3 passed, 0 failed');
    expect(summaryLine({ ...counts, failed: 2 }, false)).toBe('3 passed, 2 failed');
    expect(summaryLine({ ...counts, skipped: 1 }, false)).toBe('3 passed, 0 failed, 1 skipped');
  });

  it('never reads like a success when something outside the tests failed', () => {
    expect(summaryLine(counts, false)).toBe('3 passed, 1 failed');
  });
});
