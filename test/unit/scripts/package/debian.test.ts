import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  controlFile,
  desktopEntry,
  iconSizes,
  layOutDebian,
} from '../../../../scripts/package/debian.mjs';

const description = {
  name: 'postern',
  productName: 'Postern',
  version: '1.2.0-beta.1',
  description: 'A client',
  license: 'MIT',
  main: 'main.cjs',
};

describe('controlFile', () => {
  it('names package, version and architecture as Debian writes them', () => {
    const facts = { arch: 'x64', sizeKiB: 300_000, environment: {} };
    const lines = controlFile(description, facts).split('\n');
    expect(lines).toContain('Package: postern');
    expect(lines).toContain('Version: 1.2.0~beta.1');
    expect(lines).toContain('Architecture: amd64');
    expect(lines).toContain('Installed-Size: 300000');
    expect(lines.at(-1)).toBe('');
  });

  it.each([
    [{}, 'Whoever built it <root@localhost>'],
    [{ DEBFULLNAME: 'Ada Example', DEBEMAIL: 'ada@example.org' }, 'Ada Example <ada@example.org>'],
  ])('names who made it, of %j', (environment, maintainer) => {
    const control = controlFile(description, { arch: 'x64', sizeKiB: 1, environment });
    expect(control).toContain(`\nMaintainer: ${maintainer}\n`);
  });

  it('depends on each library under its old or its new name', () => {
    const control = controlFile(description, { arch: 'arm64', sizeKiB: 1, environment: {} });
    expect(control).toContain('libgtk-3-0 | libgtk-3-0t64');
    expect(control).toContain('libsecret-1-0 | ');
  });
});

describe('desktopEntry', () => {
  it('starts the program and finds its window and its icon', () => {
    const lines = desktopEntry(description).split('\n');
    expect(lines[0]).toBe('[Desktop Entry]');
    for (const line of ['Name=Postern', 'Exec=postern', 'Icon=postern', 'StartupWMClass=Postern']) {
      expect(lines).toContain(line);
    }
  });
});

describe('layOutDebian', () => {
  let work: string;
  beforeEach(() => {
    work = mkdtempSync(join(tmpdir(), 'postern-debian-'));
  });
  afterEach(() => rmSync(work, { recursive: true }));

  it('puts the files where the system looks for them', () => {
    const folder = join(work, 'folder');
    const icons = join(work, 'icons');
    const notices = join(work, 'notices.txt');
    const root = join(work, 'root');
    for (const made of [folder, icons]) mkdirSync(made);
    writeFileSync(join(folder, 'postern'), 'program', { mode: 0o755 });
    writeFileSync(join(folder, 'chrome-sandbox'), 'helper', { mode: 0o755 });
    for (const size of iconSizes) writeFileSync(join(icons, `${size}.png`), `${size}`);
    writeFileSync(join(icons, 'postern.svg'), '<svg/>');
    writeFileSync(notices, 'licences');

    layOutDebian({ root, folder, description, icons, notices });

    const installed = join(root, 'usr', 'lib', 'postern');
    expect(readFileSync(join(installed, 'postern'), 'utf8')).toBe('program');
    // Without it Chromium's sandbox does not start where namespaces are restricted.
    expect(statSync(join(installed, 'chrome-sandbox')).mode & 0o7777).toBe(0o4755);
    expect(readlinkSync(join(root, 'usr', 'bin', 'postern'))).toBe('../lib/postern/postern');
    const share = join(root, 'usr', 'share');
    const icon = join(share, 'icons', 'hicolor', '48x48', 'apps', 'postern.png');
    expect(readFileSync(icon, 'utf8')).toBe('48');
    expect(readFileSync(join(share, 'doc', 'postern', 'copyright'), 'utf8')).toBe('licences');
    expect(readFileSync(join(share, 'applications', 'postern.desktop'), 'utf8')).toContain('Exec');
    expect(readFileSync(join(root, 'DEBIAN', 'control'), 'utf8')).toContain('Installed-Size: 1\n');
  });
});
