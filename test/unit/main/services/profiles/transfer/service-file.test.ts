import { describe, expect, it } from 'vitest';
import {
  readServiceFile,
  serviceFilePath,
} from '../../../../../../src/main/services/profiles/transfer/service-file';

const read = (text: string) => readServiceFile(text, 'ann');

describe('readServiceFile', () => {
  it('reads sections, comments, sslmode and a password', () => {
    const [shop] = read(
      '# ours\n\n[shop]\nhost=db.example\nport=5433\ndbname=shop\nuser=app\nsslmode=verify-full\npassword=a=b\n',
    );
    expect(shop).toMatchObject({
      label: 'shop',
      draft: {
        name: 'shop',
        host: 'db.example',
        port: 5433,
        database: 'shop',
        user: 'app',
        sslMode: 'verify-full',
        passwordSource: 'keychain',
        environment: 'development',
      },
      password: 'a=b',
      notes: [],
    });
  });

  it('fills in what libpq would, and looks for the password where libpq does', () => {
    const [bare] = read('[bare]\n');
    expect(bare).toMatchObject({
      draft: {
        host: 'localhost',
        port: 5432,
        user: 'ann',
        database: 'ann',
        passwordSource: 'pgpass',
        environment: 'local',
      },
      password: null,
    });
  });

  it('takes the first value of a keyword and the first section of a name, as libpq', () => {
    const [first, second] = read('[a]\nhost=one\nhost=two\n[a]\nhost=three\n');
    expect(first).toMatchObject({ draft: { host: 'one' } });
    expect(second).toMatchObject({ problem: expect.stringContaining('earlier section') });
  });

  it('names what is not supported', () => {
    const [only] = read('[a]\nhost=h\nconnect_timeout=3\n');
    expect(only).toMatchObject({ notes: ['Not supported and left out: connect_timeout'] });
  });

  it.each([
    ['[a]\nhost\n', 'Line 2'],
    ['[a]\nport=99999\n', 'port'],
    ['[a]\nservice=b\n', 'another service'],
    ['[a]\nldap://directory/x\n', 'LDAP'],
  ])('says why %j cannot be used', (text, words) => {
    expect(read(text)).toEqual([{ label: 'a', problem: expect.stringContaining(words) }]);
  });

  it('marks production by its name', () => {
    expect(read('[shop-prod]\nhost=db.example\n')).toMatchObject([
      { draft: { environment: 'production' } },
    ]);
    expect(read('[products]\nhost=db.example\n')).toMatchObject([
      { draft: { environment: 'development' } },
    ]);
  });
});

describe('serviceFilePath', () => {
  it('is PGSERVICEFILE, else the place in the home folder', () => {
    expect(serviceFilePath({ PGSERVICEFILE: '/x' }, 'linux', '/home/ann')).toBe('/x');
    expect(serviceFilePath({}, 'darwin', '/Users/ann')).toBe('/Users/ann/.pg_service.conf');
    expect(serviceFilePath({ APPDATA: 'C:\\App' }, 'win32', 'C:\\ann')).toBe(
      'C:\\App\\postgresql\\.pg_service.conf',
    );
  });
});
