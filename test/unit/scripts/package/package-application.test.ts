import { describe, expect, it } from 'vitest';
import { archiveCommand } from '../../../../scripts/package/archive.mjs';
import { executableIn, packagedTarget } from '../../../../scripts/package/bundle.mjs';
import { wantedFuses } from '../../../../scripts/package/fuses.mjs';
import { checkRuntime } from '../../../../scripts/package/package-application.mjs';
import { FuseV1Options } from '@electron/fuses';

describe('checkRuntime', () => {
  const old = { kind: 'fallback', version: '25.1.1' } as const;

  it('refuses the runtime for development, unless it is asked for', () => {
    expect(() => checkRuntime(old, false)).toThrow('--refresh-runtime');
    expect(() => checkRuntime(old, true)).not.toThrow();
    expect(() => checkRuntime({ kind: 'pinned', version: '45.0.0' }, false)).not.toThrow();
  });
});

describe('packagedTarget', () => {
  it('takes the systems that Postern runs on and refuses others', () => {
    expect(packagedTarget('win32', 'arm64')).toEqual({ platform: 'win32', arch: 'arm64' });
    expect(() => packagedTarget('freebsd', 'x64')).toThrow('freebsd on x64');
    expect(() => packagedTarget('linux', 'ppc64')).toThrow('linux on ppc64');
  });
});

describe('executableIn', () => {
  it('names the executable as each system expects it', () => {
    const names = { name: 'postern', productName: 'Postern' };
    const path = (platform: NodeJS.Platform): string =>
      executableIn(names, platform).replaceAll('\\', '/');
    expect(path('linux')).toBe('postern');
    expect(path('win32')).toBe('Postern.exe');
    expect(path('darwin')).toBe('Postern.app/Contents/MacOS/Postern');
  });
});

describe('archiveCommand', () => {
  it('makes what people of each system unpack', () => {
    expect(archiveCommand('linux', 'Postern-linux-x64', '/d/p').file).toBe('/d/p.tar.gz');
    expect(archiveCommand('darwin', 'Postern-darwin-arm64', '/d/p').file).toBe('/d/p.zip');
    expect(archiveCommand('win32', 'Postern-win32-x64', '/d/p').file).toBe('/d/p.zip');
  });
});

describe('wantedFuses', () => {
  it('decides on every fuse that Electron has, so that a new one is looked at', () => {
    const known = Object.values(FuseV1Options).filter((value) => typeof value === 'number');
    expect(Object.keys(wantedFuses('linux')).map(Number)).toEqual(known);
  });

  it('has the archive checked where Electron can check it', () => {
    const fuse = FuseV1Options.EnableEmbeddedAsarIntegrityValidation;
    expect(wantedFuses('linux')[fuse]).toBe(false);
    expect(wantedFuses('darwin')[fuse]).toBe(true);
    expect(wantedFuses('win32')[fuse]).toBe(true);
  });
});
