import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isNeeded, packagedManifest } from '../../../../scripts/package/application-files.mjs';

const needed = (...path: string[]): boolean => isNeeded(join('node_modules', ...path), 'linux-x64');

describe('isNeeded', () => {
  it('keeps programs, data and the binaries of this platform', () => {
    expect(needed('pg', 'lib', 'client.js')).toBe(true);
    expect(needed('libpg-query', 'wasm', 'libpg-query.wasm')).toBe(true);
    expect(needed('keytar', 'prebuilds')).toBe(true);
    expect(needed('keytar', 'prebuilds', 'linux-x64', 'keytar.node')).toBe(true);
    expect(needed('programs', 'lib', 'libpq.so.5')).toBe(true);
  });

  it('leaves out other platforms and what only developers use', () => {
    expect(needed('keytar', 'prebuilds', 'linuxmusl-x64')).toBe(false);
    expect(needed('keytar', 'prebuilds', 'darwin-arm64', 'keytar.node')).toBe(false);
    expect(needed('pg', 'README.md')).toBe(false);
    expect(needed('zod', 'index.d.cts')).toBe(false);
    expect(needed('ssh2', 'test')).toBe(false);
    expect(needed('programs', 'lib', 'libpq.a')).toBe(false);
  });
});

describe('packagedManifest', () => {
  it('keeps what names the application, and nothing for developers', () => {
    const manifest = {
      name: 'postern',
      productName: 'Postern',
      version: '1.2.3',
      description: 'A client',
      license: 'MIT',
      main: 'out/main/index.cjs',
      scripts: { test: 'x' },
      devDependencies: { electron: '1' },
    };
    expect(packagedManifest(manifest)).toEqual({
      name: 'postern',
      productName: 'Postern',
      version: '1.2.3',
      description: 'A client',
      license: 'MIT',
      type: 'module',
      main: 'out/main/index.cjs',
      desktopName: 'postern.desktop',
    });
  });
});
