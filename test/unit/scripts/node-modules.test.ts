import { describe, expect, it } from 'vitest';
import { reasonToInstall } from '../../../scripts/setup/node-modules.mjs';

const wanted = {
  '': { version: '0.1.0' },
  'node_modules/pg': { version: '8.0.0', integrity: 'sha512-a' },
  'node_modules/fsevents': { version: '2.0.0', integrity: 'sha512-b', optional: true },
};
const pg = { version: '8.0.0', integrity: 'sha512-a' };

describe('reasonToInstall', () => {
  it('is silent when everything but optional packages is there', () => {
    expect(reasonToInstall(wanted, { 'node_modules/pg': pg })).toBeNull();
  });

  it('installs when there is no record of a finished install', () => {
    expect(reasonToInstall(wanted, null)).toMatch(/not installed yet/u);
  });

  it('names a missing package', () => {
    expect(reasonToInstall(wanted, {})).toBe('pg is missing');
  });

  it('names a package of another version or with other contents', () => {
    const otherVersion = { 'node_modules/pg': { ...pg, version: '7.0.0' } };
    const otherContents = { 'node_modules/pg': { ...pg, integrity: 'sha512-c' } };
    expect(reasonToInstall(wanted, otherVersion)).toMatch(/^pg differs/u);
    expect(reasonToInstall(wanted, otherContents)).toMatch(/^pg differs/u);
  });

  it('names a package that the lock file dropped', () => {
    const installed = { 'node_modules/pg': pg, 'node_modules/a/node_modules/left-pad': {} };
    expect(reasonToInstall(wanted, installed)).toMatch(/^left-pad is no longer/u);
  });
});
