import { describe, expect, it } from 'vitest';
import {
  installedPackages,
  missingLibraries,
  missingPackages,
  nameInRelease,
  privilege,
} from '../../../scripts/setup/system-packages.mjs';

describe('missing packages', () => {
  it('reads what dpkg-query prints; a removed package with its settings left is not installed', () => {
    const installed = installedPackages('xvfb installed\nlibnss3 config-files\nxauth installed\n');
    expect(missingPackages(['xvfb', 'libnss3', 'xauth', 'dbus'], installed)).toEqual([
      'libnss3',
      'dbus',
    ]);
  });

  it('accepts the t64 name of newer releases', () => {
    const installed = new Set(['libgtk-3-0t64', 'libasound2t64']);
    expect(missingPackages(['libgtk-3-0', 'libasound2', 'libgbm1'], installed)).toEqual([
      'libgbm1',
    ]);
  });

  it('installs under the name that the release has', () => {
    const newer = new Set(['libasound2t64']);
    expect(nameInRelease('libasound2', (name) => newer.has(name))).toBe('libasound2t64');
    expect(nameInRelease('libnss3', (name) => newer.has(name))).toBe('libnss3');
  });
});

describe('privilege', () => {
  const facts = { isRoot: false, hasSudo: true, sudoAsks: false, hasTerminal: false };

  it('needs no sudo as root', () => {
    expect(privilege({ ...facts, isRoot: true, hasSudo: false })).toBe('root');
  });

  it('uses a sudo that asks for a password only where it can be typed', () => {
    expect(privilege(facts)).toBe('sudo');
    expect(privilege({ ...facts, sudoAsks: true, hasTerminal: true })).toBe('sudo');
    expect(privilege({ ...facts, sudoAsks: true })).toBe('none');
    expect(privilege({ ...facts, hasSudo: false, hasTerminal: true })).toBe('none');
  });
});

describe('missingLibraries', () => {
  it('finds the unresolved lines of ldd', () => {
    const output = [
      '\tlinux-vdso.so.1 (0x00007ffd)',
      '\tlibgtk-3.so.0 => not found',
      '\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)',
      '\tlibnss3.so => not found',
    ].join('\n');
    expect(missingLibraries(output)).toEqual(['libgtk-3.so.0', 'libnss3.so']);
    expect(missingLibraries('')).toEqual([]);
  });
});
