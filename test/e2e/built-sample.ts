import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { sampleDirectory } from '../../src/main/services/sample/placement';
import { launchApp } from './launch-app';

/** The sample database, which an application built once, for all tests that only use it. */
export class BuiltSample {
  #building: Promise<string> | null = null;

  /** Gives a folder of settings and profiles a copy of its own, as if it had been built there. */
  async copyTo(userDataDir: string): Promise<void> {
    this.#building ??= build();
    const copy = join(userDataDir, 'sample');
    const files = sampleDirectory(copy);
    for (const folder of [copy, files]) await mkdir(folder, { recursive: true, mode: 0o700 });
    // With the owners of the files, which for root are not its own.
    await promisify(execFile)('cp', [
      '-a',
      `${sampleDirectory(join(await this.#building, 'sample'))}/.`,
      files,
    ]);
  }

  async remove(): Promise<void> {
    if (this.#building === null) return;
    const userDataDir = await this.#building;
    await rm(sampleDirectory(join(userDataDir, 'sample')), { recursive: true, force: true });
    await rm(userDataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

async function build(): Promise<string> {
  const userDataDir = await mkdtemp(join(tmpdir(), 'postern-e2e-sample-'));
  const app = await launchApp({ userDataDir });
  const { window } = app;
  await window.getByRole('button', { name: 'Open the sample database' }).click();
  await expect(window.getByRole('tree')).toBeVisible({ timeout: 120_000 });
  await app.close();
  return userDataDir;
}
