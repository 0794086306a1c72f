import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeNotices } from '../../../../scripts/package/third-party-notices.mjs';

describe('writeNotices', () => {
  let root: string;
  const install = (name: string, files: Readonly<Record<string, string>>): void => {
    const folder = join(root, 'node_modules', name);
    mkdirSync(folder, { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'postern-notices-'));
    mkdirSync(join(root, 'resources'));
    writeFileSync(join(root, 'LICENSE'), 'Of Postern');
    writeFileSync(join(root, 'resources', 'server-programs-licences.txt'), 'Of the server\n');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('has the licences of what is shipped, and of nothing else', () => {
    install('shipped', { 'package.json': '{}', 'LICENSE.md': 'The text', NOTICE: 'A notice' });
    install('bare', { 'package.json': JSON.stringify({ author: { name: 'Ada' } }) });
    install('tool', { 'package.json': '{}', LICENSE: 'Of a tool' });
    writeFileSync(
      join(root, 'package-lock.json'),
      JSON.stringify({
        packages: {
          '': {},
          'node_modules/shipped': { version: '1.0.0', license: 'MIT' },
          'node_modules/bare': { version: '2.0.0', license: 'ISC' },
          'node_modules/tool': { version: '3.0.0', license: 'MIT', dev: true },
          'node_modules/other-platform': { version: '4.0.0', license: 'MIT', optional: true },
        },
      }),
    );
    const file = join(root, 'notices.txt');
    writeNotices(root, file);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('Of Postern');
    expect(text).toContain('Of the server');
    expect(text).toContain('shipped 1.0.0\n\nLicence: MIT\n\nThe text\n\nA notice');
    expect(text).toContain('bare 2.0.0\n\nLicence: ISC\n\nCopyright: Ada');
    expect(text).not.toContain('tool');
    expect(text).not.toContain('other-platform');
  });
});
