import { defineConfig } from '@playwright/test';

export default defineConfig({
  testMatch: '**/*.e2e.ts',
  projects: [
    { name: 'e2e', testDir: 'test/e2e', outputDir: 'test-results/e2e' },
    {
      name: 'package',
      testDir: 'test/package',
      outputDir: 'test-results/package',
      // Traces take half as long again as these tests, which run the same page as those of e2e.
      use: { trace: 'off' },
    },
  ],
  // Every test drives a whole Electron of its own; on two cores a second one only slows the first.
  workers: 1,
  // A test that passes the second time has failed.
  retries: 0,
  forbidOnly: true,
  // What is too long on a busy machine: no test waits for these.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
});
