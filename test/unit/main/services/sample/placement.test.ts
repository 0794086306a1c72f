import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  isReachableByOthers,
  sampleDirectory,
} from '../../../../../src/main/services/sample/placement';

test('a folder is reachable only when everybody may enter each folder above it', async () => {
  const top = await mkdtemp(join(tmpdir(), 'postern-placement-'));
  try {
    const inner = join(top, 'inner');
    await mkdir(inner);
    await chmod(inner, 0o755);
    expect(await isReachableByOthers(inner)).toBe(false);
    await chmod(top, 0o711);
    expect(await isReachableByOthers(inner)).toBe(true);
  } finally {
    await rm(top, { recursive: true });
  }
});

test('two data folders never share a place', () => {
  expect(sampleDirectory('/home/a/sample')).not.toBe(sampleDirectory('/home/b/sample'));
});
