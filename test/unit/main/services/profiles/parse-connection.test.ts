import type { ParsedConnection } from '@shared/models/connection-profile';
import { array, assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DatabaseError } from '../../../../../src/main/db/errors/database-error';
import { parseConnection } from '../../../../../src/main/services/profiles/parse-connection';

type Expected = ParsedConnection['draft'] & { password?: string; ignored?: string[] };

/** Draft, password and what was ignored in one object. */
function parse(text: string): Expected {
  const { draft, password, ignored } = parseConnection(text);
  return {
    ...draft,
    ...(password !== undefined && { password }),
    ...(ignored.length > 0 && { ignored }),
  };
}

function errorOf(text: string): DatabaseError {
  try {
    parseConnection(text);
  } catch (error) {
    if (error instanceof DatabaseError) return error;
    throw error;
  }
  throw new Error('No error was raised.');
}

function outcomeOf(text: string): string {
  try {
    parseConnection(text);
    return 'read';
  } catch (error) {
    return error instanceof DatabaseError ? error.kind : String(error);
  }
}

const shop = { host: 'db.example.com', user: 'ann', database: 'shop' };

describe('parseConnection of URLs', () => {
  it.each<[string, Expected]>([
    ['postgres://ann@db.example.com/shop', shop],
    ['postgresql://ann:pw@db.example.com:6432/shop', { ...shop, port: 6432, password: 'pw' }],
    ['POSTGRES://ann@db.example.com/shop', shop],
    ['postgresql+psycopg2://ann:pw@db.example.com/shop', { ...shop, password: 'pw' }],
    ['postgres://db.example.com', { host: 'db.example.com' }],
    ['postgres://db.example.com/', { host: 'db.example.com' }],
    ['postgres:///shop', { database: 'shop' }],
    ['postgres://ann@db.example.com', { ...shop, database: 'ann' }],
    ['postgres://ann:@db.example.com/shop', shop],
    // Percent-encoding, UTF-8 too, in every part; + is no space.
    [
      'postgres://a%40b:p%3Aw%2F%25+1@h/d%C3%A4%20b',
      { host: 'h', user: 'a@b', database: 'dä b', password: 'p:w/%+1' },
    ],
    // Characters that should have been escaped and are unambiguous.
    ['postgres://ann:p@ss@db.example.com/shop', { ...shop, password: 'p@ss' }],
    [
      'postgres://ann:p@ss@db.example.com',
      { host: 'db.example.com', user: 'ann', database: 'ann', password: 'p@ss' },
    ],
    ['postgres://ann:p:w@db.example.com/shop', { ...shop, password: 'p:w' }],
    ['postgres://ann:p?w#x@db.example.com/shop', { ...shop, password: 'p?w#x' }],
    // IPv6
    ['postgres://ann@[::1]:5433/shop', { ...shop, host: '::1', port: 5433 }],
    ['postgres://ann@[fe80::1%25eth0]/shop', { ...shop, host: 'fe80::1%eth0' }],
    // Unix sockets
    ['postgres://ann@%2Fvar%2Frun%2Fpostgresql/shop', { ...shop, host: '/var/run/postgresql' }],
    ['postgres://ann@/shop?host=/var/run/postgresql', { ...shop, host: '/var/run/postgresql' }],
    [
      'postgres:///?host=/tmp&user=ann&dbname=shop&port=5433',
      { ...shop, host: '/tmp', port: 5433 },
    ],
    // Parameters
    [
      'postgres://ann@db.example.com/shop?sslmode=verify-full&sslrootcert=/ca.pem&sslcert=/c.pem&sslkey=/k.pem',
      {
        ...shop,
        sslMode: 'verify-full',
        sslRootCertificate: '/ca.pem',
        sslClientCertificate: '/c.pem',
        sslClientKey: '/k.pem',
      },
    ],
    ['postgres://ann@db.example.com/shop?sslmode=allow', { ...shop, sslMode: 'prefer' }],
    ['postgres://ann@db.example.com/shop?sslmode=no-verify', { ...shop, sslMode: 'require' }],
    ['postgres://ann@db.example.com/shop?ssl=true', { ...shop, sslMode: 'require' }],
    ['postgres://ann@db.example.com/shop?sslrootcert=system', { ...shop, sslMode: 'verify-full' }],
    ['postgres://db.example.com/shop?user=ann&password=p%26w', { ...shop, password: 'p&w' }],
    [
      'postgres://ann@db.example.com/shop?application_name=a@b&connect_timeout=10',
      { ...shop, applicationName: 'a@b', ignored: ['connect_timeout'] },
    ],
    [
      'postgres://db.example.com?application_name=a@b',
      { host: 'db.example.com', applicationName: 'a@b' },
    ],
    [
      'postgres://ann@db.example.com/shop?options=-c%20statement_timeout%3D5s',
      { ...shop, statementTimeoutMs: 5000 },
    ],
    [
      'postgres://ann@db.example.com/shop?options=-c%20default_transaction_read_only%3Don%20--search-path%3Dx',
      { ...shop, readOnly: true, searchPath: 'x' },
    ],
    ['postgres://ann@db.example.com/shop?schema=public', { ...shop, searchPath: 'public' }],
    // Several hosts
    [
      'postgres://ann@one:5433,two,three:5435/shop',
      {
        ...shop,
        host: 'one',
        port: 5433,
        otherHosts: [
          { host: 'two', port: 5432 },
          { host: 'three', port: 5435 },
        ],
      },
    ],
    [
      'postgres://ann@one,two/shop?port=5433',
      { ...shop, host: 'one', port: 5433, otherHosts: [{ host: 'two', port: 5433 }] },
    ],
    [
      'postgresql://ann@one,[::1]:5433/shop?target_session_attrs=prefer-standby',
      {
        ...shop,
        host: 'one',
        otherHosts: [{ host: '::1', port: 5433 }],
        targetSessionAttrs: 'prefer-standby',
      },
    ],
    [
      'jdbc:postgresql://one:1,two:2/shop?user=ann&targetServerType=preferSecondary',
      {
        ...shop,
        host: 'one',
        port: 1,
        otherHosts: [{ host: 'two', port: 2 }],
        targetSessionAttrs: 'prefer-standby',
      },
    ],
    // JDBC
    [
      'jdbc:postgresql://db.example.com:5433/shop?user=ann&password=p+w&ssl=true',
      { ...shop, port: 5433, password: 'p w', sslMode: 'require' },
    ],
    [
      'jdbc:postgresql://db.example.com/shop?user=ann&ApplicationName=x&currentSchema=y',
      { ...shop, applicationName: 'x', searchPath: 'y' },
    ],
    ['jdbc:postgresql:shop', { database: 'shop' }],
  ])('%s', (text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  it.each([
    ["'postgres://ann@db.example.com/shop'"],
    ['"postgres://ann@db.example.com/shop";'],
    ['`postgres://ann@db.example.com/shop`'],
    ['  postgres://ann@db.example.com/shop \n'],
    ['DATABASE_URL=postgres://ann@db.example.com/shop'],
    ['DATABASE_URL="postgres://ann@db.example.com/shop"'],
    ["export DATABASE_URL='postgres://ann@db.example.com/shop'"],
    ['set DATABASE_URL=postgres://ann@db.example.com/shop'],
    ['$env:DATABASE_URL = "postgres://ann@db.example.com/shop"'],
    ['DATABASE_URL: postgres://ann@db.example.com/shop'],
    ['"url": "postgres://ann@db.example.com/shop",'],
    ['const url = "postgres://ann@db.example.com/shop";'],
    ['SHOP_DB_URL=postgres://ann@db.example.com/shop'],
    ['# the shop\nexport PGHOST=db.example.com\nPGUSER="ann"\nPGDATABASE=\'shop\'\n'],
    ['POSTGRES_HOST=db.example.com\nPOSTGRES_USER=ann\nPOSTGRES_DB=shop'],
    ['LOG=1\nDATABASE_URL=postgres://ann@db.example.com/shop'],
  ])('looks past what surrounds it: %s', (text) => {
    expect(parse(text)).toEqual(shop);
  });

  it('reads back any user, password and database', () => {
    const word = string({ minLength: 1, maxLength: 30, unit: 'grapheme' }).filter(
      (s) => !s.includes('\0'),
    );
    assert(
      property(word, word, word, (user, password, database) => {
        const url = `postgres://${[user, password].map(encodeURIComponent).join(':')}@h:1/${encodeURIComponent(database)}`;
        expect(parse(url)).toEqual({ host: 'h', port: 1, user, password, database });
      }),
    );
  });
});

describe('parseConnection of key/value strings', () => {
  it.each<[string, Expected]>([
    ['host=db.example.com user=ann dbname=shop', shop],
    ['host = db.example.com  user\t=\nann dbname = shop', shop],
    [
      String.raw`host=db.example.com user=ann dbname=shop password='it\'s \\ a "pw"'`,
      { ...shop, password: String.raw`it's \ a "pw"` },
    ],
    [
      String.raw`host=db.example.com user=ann dbname=shop password=a\ b`,
      { ...shop, password: 'a b' },
    ],
    ["host=db.example.com user=ann dbname=shop password=''", shop],
    [
      "host='/var/run/postgresql' user=ann dbname=shop port=5433 sslmode=disable",
      { ...shop, host: '/var/run/postgresql', port: 5433, sslMode: 'disable' },
    ],
    [
      'host=one,two port=1,2 user=ann dbname=shop',
      { ...shop, host: 'one', port: 1, otherHosts: [{ host: 'two', port: 2 }] },
    ],
    [
      'host=one,,/tmp port=5433 user=ann dbname=shop target_session_attrs=any',
      {
        ...shop,
        host: 'one',
        port: 5433,
        otherHosts: [
          { host: 'localhost', port: 5433 },
          { host: '/tmp', port: 5433 },
        ],
      },
    ],
    [
      'hostaddr=10.0.0.1,10.0.0.2 user=ann dbname=shop',
      { ...shop, host: '10.0.0.1', otherHosts: [{ host: '10.0.0.2', port: 5432 }] },
    ],
    ['hostaddr=10.0.0.1 user=ann dbname=shop', { ...shop, host: '10.0.0.1' }],
    [
      'host=db.example.com hostaddr=10.0.0.1 user=ann dbname=shop',
      { ...shop, ignored: ['hostaddr'] },
    ],
    [
      'host=db.example.com user=ann dbname=shop target_session_attrs=read-write',
      { ...shop, targetSessionAttrs: 'read-write' },
    ],
    ['host=db.example.com user=ann password=pg://x dbname=shop', { ...shop, password: 'pg://x' }],
    ["user='ann' host='db.example.com' dbname='shop'", shop],
  ])('%s', (text, expected) => {
    expect(parse(text)).toEqual(expected);
  });
});

describe('parseConnection of psql command lines', () => {
  it.each<[string, Expected]>([
    ['psql -h db.example.com -p 6432 -U ann -d shop', { ...shop, port: 6432 }],
    ['psql -hdb.example.com -p6432 -Uann shop', { ...shop, port: 6432 }],
    ['psql --host=db.example.com --username ann --dbname=shop', shop],
    ['psql -h db.example.com shop ann', shop],
    ['$ psql -h db.example.com -U ann shop', shop],
    ['/usr/lib/postgresql/18/bin/psql -h db.example.com -U ann shop', shop],
    ['psql.exe -h db.example.com -U ann shop', shop],
    ['psql postgres://ann@db.example.com/shop', shop],
    ['psql "postgres://ann@db.example.com/shop?sslmode=require"', { ...shop, sslMode: 'require' }],
    ["psql 'host=db.example.com user=ann dbname=shop'", shop],
    ['psql -U other "host=db.example.com user=ann dbname=shop"', shop],
    ['psql -XAtc "select 1; drop" -v x=1 -h db.example.com -U ann -d shop', shop],
    [
      'psql -f a.sql -o out.txt --set=y=2 --pset pager=off -h db.example.com -U ann -w -d shop',
      shop,
    ],
    ['psql \\\n  -h db.example.com \\\n  -U ann \\\n  -d shop', shop],
    ["PGPASSWORD='p w' psql -h db.example.com -U ann shop", { ...shop, password: 'p w' }],
    ['export PGPASSWORD=p$w psql -h db.example.com -U ann shop', { ...shop, password: 'p$w' }],
    [
      'PGPASSWORD=pw PGSSLMODE=require psql -h db.example.com -U ann shop',
      { ...shop, password: 'pw', sslMode: 'require' },
    ],
    ['psql -h db.example.com -U ann shop < dump.sql', shop],
    ['psql -h db.example.com -U ann shop 2>errors | less', shop],
    ['psql -h db.example.com -U ann shop; echo done', shop],
    ['psql -h db.example.com shop ann && echo done', shop],
    [String.raw`"C:\Program Files\PostgreSQL\18\bin\psql.exe" -h db.example.com -U ann shop`, shop],
    ['psql -h db.example.com -U ann -d "my shop"', { ...shop, database: 'my shop' }],
    ['psql -h db.example.com -U ann -W -d shop', shop],
    ['psql -h db.example.com -U ann shop -W', shop],
    // What psql would leave out as one argument too many is a password, and not for a field that shows it.
    ['psql -h db.example.com -U ann -d shop -W hunter2', { ...shop, password: 'hunter2' }],
    ['psql -h db.example.com -U ann -W hunter2 shop', { ...shop, password: 'hunter2' }],
    ['psql -h db.example.com --password hunter2 shop ann', { ...shop, password: 'hunter2' }],
    [
      'psql -h db.example.com -U ann -W shop',
      { ...shop, ignored: ['-W with a password (to psql it is the database)'] },
    ],
  ])('%s', (text, expected) => {
    expect(parse(text)).toEqual(expected);
  });
});

describe('parseConnection of psql that something else runs', () => {
  const inside = { user: 'ann', database: 'shop' };
  it.each<[string, Expected]>([
    ['docker exec -it pg psql -U ann -d shop', { ...inside, ignored: ['docker exec'] }],
    [
      'docker exec -it -e PGPASSWORD=hunter2 psql psql -U ann shop',
      { ...inside, password: 'hunter2', ignored: ['docker exec'] },
    ],
    [
      'docker compose exec --env=PGPASSWORD=hunter2 db psql -U ann shop < dump.sql',
      { ...inside, password: 'hunter2', ignored: ['docker exec'] },
    ],
    [
      'kubectl -n shop exec -it pod/pg-0 -- psql -U ann shop',
      { ...inside, ignored: ['kubectl exec'] },
    ],
    [
      `kubectl exec -it deploy/pg -- bash -c "PGPASSWORD='hunter 2' psql -U ann shop"`,
      { ...inside, password: 'hunter 2', ignored: ['kubectl exec'] },
    ],
    ['sudo -u postgres psql shop', { user: 'postgres', database: 'shop', ignored: ['sudo'] }],
    ['sudo -iu postgres psql -U ann shop', { ...inside, ignored: ['sudo'] }],
    ['sudo -iu postgres psql shop', { user: 'postgres', database: 'shop', ignored: ['sudo'] }],
    ['$ sudo --user=postgres psql', { user: 'postgres', database: 'postgres', ignored: ['sudo'] }],
    ['su - postgres -c "psql shop"', { user: 'postgres', database: 'shop', ignored: ['su'] }],
    ['ssh box psql -h db.example.com -U ann shop', { ...shop, ignored: ['ssh'] }],
    ['env PGPASSWORD=hunter2 psql -h db.example.com -U ann shop', { ...shop, password: 'hunter2' }],
  ])('%s', (text, expected) => {
    expect(parse(text)).toEqual(expected);
  });
});

describe('parseConnection of variables', () => {
  const all = { ...shop, port: 6432, password: 'hunter2' };
  it.each<[string, Expected]>([
    ['DB_HOST=db.example.com DB_PORT=6432 DB_USER=ann DB_PASSWORD=hunter2 DB_NAME=shop', all],
    [
      'DB_CONNECTION=pgsql\nDB_HOST=db.example.com\nDB_PORT=6432\nDB_DATABASE=shop\nDB_USERNAME=ann\nDB_PASSWORD=hunter2',
      all,
    ],
    [
      'export PGHOST=db.example.com; export PGPORT=6432; export PGUSER=ann && export PGPASSWORD=hunter2 PGDATABASE=shop',
      all,
    ],
    [
      '# local\nPOSTGRES_HOST = db.example.com # the host\nPOSTGRES_PORT=6432;\nPOSTGRES_USER="ann" # who\nPOSTGRES_PASSWORD=\'hunter2\'\nPOSTGRES_DB=shop\n\nAPI_KEY=-----BEGIN\nnot a line of it',
      all,
    ],
    [
      'services:\n  db:\n    image: postgres:18\n    environment:\n      POSTGRES_USER: ann\n      POSTGRES_PASSWORD: "hunter2"\n      POSTGRES_DB: shop',
      { user: 'ann', database: 'shop', password: 'hunter2' },
    ],
    [
      '  - POSTGRES_USER=ann\n  - POSTGRES_PASSWORD=hunter2\n  - POSTGRES_DB=shop',
      { user: 'ann', database: 'shop', password: 'hunter2' },
    ],
    ['set PGHOST=db.example.com\r\nset PGUSER=ann\r\nset PGDATABASE=shop', shop],
    ['$env:PGHOST = "db.example.com"\n$env:PGUSER = "ann"\n$env:PGDATABASE = "shop"', shop],
    [
      'NODE_ENV=test\nsecret=x\nREDIS_URL=redis://r\nPOSTGRES_URL="postgres://ann@db.example.com/shop"',
      shop,
    ],
    [
      'OTHER_URL=postgres://x@y/z\nDATABASE_URL=postgres://ann@db.example.com/shop # the shop',
      shop,
    ],
    // What may stand in a password.
    ['PGUSER=ann\nPGPASSWORD=a#b;c', { user: 'ann', database: 'ann', password: 'a#b;c' }],
    ['PGUSER=ann\nPGPASSWORD="a # b" # c', { user: 'ann', database: 'ann', password: 'a # b' }],
    ['PGUSER=ann\nPGPASSWORD="a\\"b\\$c"', { user: 'ann', database: 'ann', password: 'a"b$c' }],
    ['PGUSER=ann PGPASSWORD="a b"', { user: 'ann', database: 'ann', password: 'a b' }],
  ])('%s', (text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  it.each([
    'DB_CONNECTION=mysql\nDB_HOST=db.example.com\nDB_PASSWORD=hunter2',
    'POSTGRES_PASSWORD=hunter2',
    'API_KEY=hunter2',
  ])('names nothing to connect to: %s', (text) => {
    const { data } = errorOf(text);
    expect(data.field).toBe('url');
    expect(JSON.stringify(data)).not.toContain('hunter2');
  });
});

describe('parseConnection of what drivers and frameworks take', () => {
  it.each<[string, Expected]>([
    ...['postgis', 'pgsql', 'psql', 'pgx', 'pg', 'ecto', 'postgresql+asyncpg'].map(
      (scheme): [string, Expected] => [`${scheme}://ann@db.example.com/shop`, shop],
    ),
    ['DATABASE_URL=psql://ann@db.example.com/shop', shop],
    ['postgres://ann@db.example.com/shop?ssl=verify-full', { ...shop, sslMode: 'verify-full' }],
    ['postgres://ann@db.example.com/shop?ssl=no-verify', { ...shop, sslMode: 'require' }],
    ['postgres://ann@db.example.com/shop?sslmode=REQUIRE', { ...shop, sslMode: 'require' }],
    ['postgres://ann@db.example.com/shop?ssl=maybe', { ...shop, ignored: ['ssl'] }],
    [
      'postgres://ann@db.example.com/shop?schema=Sales&connection_limit=5',
      { ...shop, searchPath: '"Sales"', ignored: ['connection_limit'] },
    ],
    [
      'jdbc:postgresql://db.example.com/shop?user=ann&currentSchema=sales,public',
      { ...shop, searchPath: 'sales,public' },
    ],
    ['jdbc:postgresql://db.example.com/shop?user=ann&targetServerType=preferPrimary', shop],
    [
      'postgres://ann@db.example.com/shop?options=endpoint%3Dblue',
      { ...shop, ignored: ['options'] },
    ],
    ['Host=db.example.com;Username=ann;Database=shop', shop],
    [
      'Server=db.example.com;Port=6432;User Id=ann;Password="p;w""x";Database=shop;SSL Mode=VerifyFull;Pooling=true;',
      { ...shop, port: 6432, password: 'p;w"x', sslMode: 'verify-full', ignored: ['Pooling'] },
    ],
    ['host=db.example.com user=ann dbname=shop password=a;b', { ...shop, password: 'a;b' }],
    ['export PGHOST=db.example.com PGUSER=ann PGDATABASE=shop', shop],
    [
      'PGHOST=db.example.com\nPGUSER=ann\nPGDATABASE=shop\nPGPASSWORD=p w',
      { ...shop, password: 'p w' },
    ],
  ])('%s', (text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  it('refuses half of a string of Npgsql, and shows no password in another field', () => {
    const { data } = errorOf('Host=db.example.com;Password=hunter2;Database');
    expect(data.field).toBe('url');
    expect(JSON.stringify(data)).not.toContain('hunter2');
  });
});

describe('parseConnection of what it cannot use', () => {
  it.each<[string, string]>([
    ['', 'url'],
    ['   ', 'url'],
    ['hello', 'url'],
    ['mysql://ann@db.example.com/shop', 'url'],
    ['https://example.com', 'url'],
    ['postgres://ann@db.example.com:99999/shop', 'port'],
    ['host=one,two,three port=1,2 user=ann', 'port'],
    ['host=one,two port=1,x user=ann', 'port'],
    ['host=one user=ann target_session_attrs=master', 'targetSessionAttrs'],
    ['postgres://ann@db.example.com:0/shop', 'port'],
    ['postgres://ann@db.example.com:port/shop', 'port'],
    ['postgres://ann@::1/shop', 'port'],
    ['postgres://ann@db.example.com/shop?sslmode=maybe', 'sslMode'],
    ['postgres://ann:50%off@db.example.com/shop', 'password'],
    ['postgres://ann:%00@db.example.com/shop', 'password'],
    ['postgres://ann:%ff@db.example.com/shop', 'password'],
    ["host=db.example.com password='open", 'url'],
    ['host=db.example.com user', 'url'],
    ['psql -h "open', 'url'],
    ['PGPASSWORD=x', 'url'],
  ])('%s → %s', (text, field) => {
    const { data } = errorOf(text);
    expect(data.kind).toBe('InvalidInput');
    expect(data.field).toBe(field);
    expect(data.advice).toMatch(/\.$/);
  });

  it.each([
    'postgres://ann:hunter/2secret@db.example.com/shop',
    'postgres://ann:hunter%2secret@db.example.com/shop',
    'ann:hunter2secret@db.example.com/shop',
    "host=h password='hunter2secret",
    'host=h password=hunter 2secret',
    'PGPASSWORD="hunter2secret psql -h x',
    'mysql://ann:hunter2secret@db.example.com/shop',
    'postgres://ann:pw@h/db?sslmode=hunter2secret',
  ])('never repeats the text: %s', (text) => {
    const error = errorOf(text);
    expect(`${JSON.stringify(error.data)} ${error.stack ?? ''} ${String(error.cause)}`).not.toMatch(
      /hunter|2secret/,
    );
  });

  // Each of these took minutes, or could not be sent to the page, before it was read in one way only.
  it.each([
    ['many quoted parts', `A=${"'x'".repeat(24)} y`],
    ['many unclosed quotes', `A=${`"'`.repeat(12_001)} y`],
    ['many spaces within a line', `A=x${' '.repeat(30_000)}y`],
    ['many variables and quotes', `A=x B='${'"'.repeat(20_000)} C=${'y='.repeat(10_000)}`],
    ['many words around psql', `sudo ${'psql '.repeat(10_000)}`],
    ['many dashes', `postgres://h/d?options=${'-'.repeat(60_000)}`],
  ])('reads a text with %s once', (_what, text) => {
    expect(outcomeOf(text)).toMatch(/^(read|InvalidInput)$/);
  });

  it.each([
    ['postgres://h/d?constructor=1', { host: 'h', database: 'd', ignored: ['constructor'] }],
    ['psql --constructor=x -h h d', { host: 'h', database: 'd' }],
    [
      'postgres://h/d?options=-c%20constructor%3D5',
      { host: 'h', database: 'd', ignored: ['options constructor'] },
    ],
  ])('takes no property that every object has for a parameter: %s', (text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  it('refuses an SSL mode by the name of a property that every object has', () => {
    expect(errorOf('postgres://h/d?sslmode=constructor').data.field).toBe('sslMode');
  });

  it('never raises anything but InvalidInput, whatever is pasted', () => {
    const pieces = constantFrom(
      'postgres://',
      'a',
      ':',
      '@',
      '/',
      '?',
      '=',
      '%',
      '[',
      ']',
      ',',
      "'",
      '"',
      '\\',
      ' ',
      '&',
      'psql ',
      '-h',
      'host',
      '\n',
      '1',
      'PGHOST',
    );
    assert(
      property(array(pieces, { maxLength: 20 }), (parts) => {
        expect(outcomeOf(parts.join(''))).toMatch(/^(read|InvalidInput)$/);
      }),
      { numRuns: 2000 },
    );
  });
});
