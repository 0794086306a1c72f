import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  hasFallback,
  installedRuntime,
  shouldTryDownload,
} from '../../../scripts/setup/electron-runtime.mjs';
import { fallback } from '../../../scripts/setup/fallback-runtime.mjs';
import { integrityOf } from '../../../scripts/setup/package-archive.mjs';

describe('shouldTryDownload', () => {
  const hourMs = 3_600_000;
  const failure = { version: '45.0.0', at: 1_000 * hourMs };
  const after = (hours: number): number => failure.at + hours * hourMs;

  it('tries when it never failed', () => {
    expect(shouldTryDownload(null, '45.0.0', after(0), false)).toBe(true);
  });

  it('waits a day after a failure', () => {
    expect(shouldTryDownload(failure, '45.0.0', after(23), false)).toBe(false);
    expect(shouldTryDownload(failure, '45.0.0', after(24), false)).toBe(true);
  });

  it('tries at once for another version, on demand, or when the clock was set back', () => {
    expect(shouldTryDownload(failure, '46.0.0', after(1), false)).toBe(true);
    expect(shouldTryDownload(failure, '45.0.0', after(1), true)).toBe(true);
    expect(shouldTryDownload(failure, '45.0.0', after(-1), false)).toBe(true);
  });
});

it('has a fallback on Linux x64 only', () => {
  expect(hasFallback('linux', 'x64')).toBe(true);
  expect(hasFallback('linux', 'arm64')).toBe(false);
  expect(hasFallback('darwin', 'x64')).toBe(false);
});

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

describe('installedRuntime', () => {
  let root: string;
  let cache: string;
  const inPackage = (name: string): string => join(root, 'node_modules', 'electron', name);
  const installPinned = (version: string): void => {
    write(inPackage('dist/electron'), '');
    write(inPackage('dist/version'), version);
    write(inPackage('path.txt'), 'electron');
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'postern-runtime-'));
    cache = join(root, 'cache');
    write(inPackage('package.json'), '{ "version": "45.4.1" }');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('finds none in a fresh clone', () => {
    expect(installedRuntime(root, cache)).toBeNull();
  });

  it('takes a complete fallback, and none whose stamp is absent or of another package', () => {
    const stamp = join(cache, fallback.folder, fallback.stamp);
    write(join(cache, fallback.folder, fallback.executable), '');
    expect(installedRuntime(root, cache)).toBeNull();
    write(stamp, 'sha512-other');
    expect(installedRuntime(root, cache)).toBeNull();
    write(stamp, fallback.integrity);
    expect(installedRuntime(root, cache)).toEqual({
      kind: 'fallback',
      version: '25.1.1',
      folder: join(cache, 'electron-25.1.1'),
      executable: join(cache, 'electron-25.1.1', 'electron'),
    });
  });

  it('prefers the pinned version, unless it is an older one or its download was interrupted', () => {
    write(join(cache, fallback.folder, fallback.stamp), fallback.integrity);
    installPinned('44.0.0');
    expect(installedRuntime(root, cache)?.kind).toBe('fallback');
    installPinned('v45.4.1');
    expect(installedRuntime(root, cache)).toEqual({
      kind: 'pinned',
      version: '45.4.1',
      folder: inPackage('dist'),
      executable: inPackage('dist/electron'),
    });
    rmSync(inPackage('path.txt'));
    expect(installedRuntime(root, cache)?.kind).toBe('fallback');
  });

  it('computes integrity as npm writes it', async () => {
    write(join(root, 'file'), 'abc');
    // The digest of "abc" in FIPS 180-2, appendix C.1.
    const digest =
      'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a' +
      '2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f';
    expect(await integrityOf(join(root, 'file'))).toBe(
      `sha512-${Buffer.from(digest, 'hex').toString('base64')}`,
    );
  });
});
