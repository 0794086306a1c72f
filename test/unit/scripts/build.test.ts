import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildStamp, hashInputs } from '../../../scripts/setup/build.mjs';

describe('hashInputs', () => {
  let root: string;
  const hash = (): string => hashInputs(root, ['src', 'package.json', 'absent.json']);
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'postern-build-'));
    mkdirSync(join(root, 'src', 'deep'), { recursive: true });
    writeFileSync(join(root, 'src', 'deep', 'a.ts'), 'a');
    writeFileSync(join(root, 'package.json'), '{}');
    writeFileSync(join(root, 'unrelated.md'), '1');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('stays while nothing that matters changes', () => {
    const before = hash();
    writeFileSync(join(root, 'unrelated.md'), '2');
    writeFileSync(join(root, 'src', 'deep', 'a.ts'), 'a');
    expect(hash()).toBe(before);
  });

  it('changes with contents, names, and added and removed files', () => {
    const seen = [hash()];
    writeFileSync(join(root, 'src', 'deep', 'a.ts'), 'b');
    seen.push(hash());
    renameSync(join(root, 'src', 'deep', 'a.ts'), join(root, 'src', 'deep', 'b.ts'));
    seen.push(hash());
    writeFileSync(join(root, 'src', 'c.ts'), '');
    seen.push(hash());
    rmSync(join(root, 'src', 'deep', 'b.ts'));
    seen.push(hash());
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('keeps the border between two files', () => {
    writeFileSync(join(root, 'src', 'x'), 'ab');
    writeFileSync(join(root, 'src', 'y'), 'c');
    const before = hash();
    writeFileSync(join(root, 'src', 'x'), 'a');
    writeFileSync(join(root, 'src', 'y'), 'bc');
    expect(hash()).not.toBe(before);
  });
});

describe('buildStamp', () => {
  it('differs for other sources and for outputs written by something else', () => {
    const stamps = [buildStamp('a', [1, 2]), buildStamp('b', [1, 2]), buildStamp('a', [1, 3])];
    expect(new Set(stamps).size).toBe(3);
  });

  it('does not exist while an output is missing', () => {
    expect(buildStamp('a', [1, null])).toBeNull();
  });
});
