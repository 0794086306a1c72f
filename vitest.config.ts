import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Loading the app's modules anew for each file takes longer than most of its tests; a benchmark begins afresh. */
const isolate = false;
/** What one file stubs ends with it. */
const setupFiles = ['test/restore-stubs.ts'];
const alias = { '@shared': fileURLToPath(new URL('src/shared', import.meta.url)) };

export default defineConfig({
  test: {
    // Also on two cores, where vitest would leave one to itself: a test that waits leaves room for another.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          environment: 'node',
          isolate,
          setupFiles,
          // Properties of any text first make tables of all characters: seconds on a busy machine.
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          environment: 'node',
          isolate,
          setupFiles,
          // One real server for the whole run; each test file makes a database of its own.
          globalSetup: ['test/integration/server.ts'],
          // A condition comes true later on a busy machine: what is too long is the test's own limit.
          expect: { poll: { timeout: 15_000 } },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve: { alias },
        test: {
          // What reads the catalog or depends on the server's version, once more on the oldest
          // PostgreSQL that the app supports.
          name: 'integration-oldest',
          include: [
            'test/integration/introspection/**/*.test.ts',
            'test/integration/services/search.test.ts',
            'test/integration/table-data/{instants,paging}.test.ts',
          ],
          exclude: ['test/integration/introspection/newer-features.test.ts'],
          environment: 'node',
          isolate,
          setupFiles,
          globalSetup: ['test/integration/oldest-server.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve: { alias },
        test: {
          // Benchmarks print what they measure and compare nothing with a clock.
          name: 'bench',
          include: ['test/bench/**/*.bench.ts'],
          environment: 'node',
          globalSetup: ['test/integration/server.ts'],
          fileParallelism: false,
          disableConsoleIntercept: true,
          testTimeout: 900_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
