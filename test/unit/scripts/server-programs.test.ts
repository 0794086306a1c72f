import { describe, expect, it } from 'vitest';
import { packagesToUnpack } from '../../../scripts/setup/server-programs.mjs';

describe('packages to unpack', () => {
  const simulation = [
    'Reading package lists...',
    'Inst libevent-2.1-7 (2.1.12-stable-8 Debian:12 [amd64])',
    'Inst runit-helper (2.15.2 Debian:12 [all])',
    'Inst openssh-server [1:9.2p1-1] (1:9.2p1-2 Debian:12 [amd64])',
    'Conf openssh-server (1:9.2p1-2 Debian:12 [amd64])',
  ].join('\n');

  it('are the wanted ones and the libraries that they lack, each once', () => {
    expect(packagesToUnpack(simulation, ['openssh-server'])).toEqual([
      'libevent-2.1-7',
      'openssh-server',
    ]);
  });

  it('are none where everything is there', () => {
    expect(packagesToUnpack('Reading package lists...', ['pgbouncer'])).toEqual([]);
  });
});
