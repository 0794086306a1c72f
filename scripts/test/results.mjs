/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @type {Counts} */
export const noTests = { passed: 0, failed: 0, skipped: 0 };

/**
 * Counts of a report by vitest's json reporter. Todo tests count as skipped: they check nothing.
 * A file that could not be loaded has no tests of its own, so it counts as one failure.
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: readonly { status: string, assertionResults: readonly unknown[] }[] }} report
 * @returns {Counts}
 */
export function vitestCounts(report) {
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * Counts of a report by Playwright's json reporter. A flaky test failed once, so it counts as failed;
 * `errors` are those outside any test, such as a file that could not be loaded.
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number },
 *   errors: readonly unknown[] }} report
 * @returns {Counts}
 */
export function playwrightCounts({ stats, errors }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

/**
 * @param {Counts} left
 * @param {Counts} right
 * @returns {Counts}
 */
export function addCounts(left, right) {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
  };
}

/**
 * Why a runner's result is no success; null when it is one. A run without tests, or with skipped
 * ones, has not shown what it is there to show.
 * @param {Counts} counts
 * @param {number | null} exitCode Of the runner.
 * @returns {string | null}
 */
export function reasonOfFailure(counts, exitCode) {
  if (counts.failed > 0) return `${counts.failed} failed`;
  if (exitCode !== 0)
    return `the runner ended with ${exitCode === null ? 'a signal' : `code ${exitCode}`}`;
  if (counts.skipped > 0) return `${counts.skipped} skipped: every test has to run`;
  if (counts.passed === 0) return 'no test ran';
  return null;
}

/**
 * The last line of `npm test`. A run that failed outside any test, for example in the type check,
 * counts that as one failure, so that the line never reads like a success.
 * @param {Counts} counts
 * @param {boolean} succeeded
 */
export function summaryLine({ passed, failed, skipped }, succeeded) {
  const failures = !succeeded && failed === 0 && skipped === 0 ? 1 : failed;
  const line = `${passed} passed, ${failures} failed`;
  return skipped > 0 ? `${line}, ${skipped} skipped` : line;
}
