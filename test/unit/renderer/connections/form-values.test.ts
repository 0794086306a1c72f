import { profileDraftSchema } from '@shared/models/connection-profile';
import { describe, expect, it } from 'vitest';
import {
  formField,
  poolErrors,
  toDraft,
  toTestDraft,
} from '../../../../src/renderer/features/connections/form-draft';
import {
  emptyValues,
  isDirty,
  looksLikeConnectionString,
  suggestedName,
  valuesOf,
  withParsed,
  type FormValues,
} from '../../../../src/renderer/features/connections/form-values';
import { connectionProfile } from './connection-fixture';

const complete: FormValues = {
  ...emptyValues(true),
  name: 'shop',
  database: 'shop',
  user: 'reader',
};

const errorsOf = (values: FormValues) => {
  const conversion = toDraft(values);
  return 'errors' in conversion ? conversion.errors : null;
};

describe('toDraft', () => {
  it('fills in the defaults of the contract', () => {
    expect(toDraft(complete)).toEqual({
      draft: profileDraftSchema.parse({
        name: 'shop',
        host: 'localhost',
        database: 'shop',
        user: 'reader',
      }),
    });
  });

  it('names every field that is wrong, with words that say how to mend it', () => {
    expect(errorsOf({ ...complete, name: ' ', database: '', user: '', port: '70000' })).toEqual({
      name: 'Give the connection a name.',
      database: 'Enter the name of a database.',
      user: 'Enter a user name.',
      port: 'A port is a number from 1 to 65535.',
    });
  });

  it.each(['', '5432'])('takes the port %j as the default', (port) => {
    expect(toDraft({ ...complete, port })).toMatchObject({ draft: { port: 5432 } });
  });

  it.each(['5432x', '-1', '1e3', '54.32'])('refuses the port %j', (port) => {
    expect(errorsOf({ ...complete, port })).toEqual({
      port: 'A port is a number from 1 to 65535.',
    });
  });

  it('turns seconds into milliseconds exactly', () => {
    const values = {
      ...complete,
      statementTimeout: '2.5',
      idleTimeout: '0.001',
      maxLifetime: '3600',
    };
    expect(toDraft(values)).toMatchObject({
      draft: { statementTimeoutMs: 2500, pool: { idleTimeoutMs: 1, maxLifetimeMs: 3_600_000 } },
    });
  });

  it('brings every setting of a session back from the form', () => {
    const settings = {
      applicationName: 'nightly',
      searchPath: 'app, public',
      startupSql: 'SET a.b = 1;',
      lockTimeoutMs: 1500,
      idleInTransactionTimeoutMs: 0,
      confirmEverything: true,
      folder: 'Work',
    };
    const values = valuesOf(connectionProfile('shop', settings));
    expect(values).toMatchObject({ lockTimeout: '1.5', idleInTransactionTimeout: '0' });
    expect(toDraft(values)).toMatchObject({ draft: settings });
  });

  it('leaves out what is empty', () => {
    const conversion = toDraft({ ...complete, searchPath: ' ', startupSql: '\n', folder: '' });
    const draft = 'draft' in conversion ? conversion.draft : {};
    for (const field of ['searchPath', 'startupSql', 'folder', 'lockTimeoutMs']) {
      expect(draft[field as keyof typeof draft]).toBeUndefined();
    }
    expect(draft).not.toHaveProperty('confirmEverything');
  });

  it.each([
    ['lockTimeout', '2147484', /24 days/],
    ['statementTimeout', '2147484', /24 days/],
    ['idleInTransactionTimeout', 'x', /seconds/],
    ['applicationName', 'ä', /ASCII/],
    ['applicationName', 'x'.repeat(64), /63/],
    ['folder', 'x'.repeat(101), /100/],
    ['maxConnections', '0', /^At least 1 session/],
    ['maxConnections', '1001', /^At most 1000/],
    ['minConnections', '1001', /^At most 1000/],
    ['minConnections', '-4', /^Enter a whole number/],
    ['acquireTimeout', '0', /^A wait is longer/],
  ] as const)('says beside %s what is wrong with it', (field, value, message) => {
    expect(errorsOf({ ...complete, [field]: value })).toEqual({
      [field]: expect.stringMatching(message),
    });
  });

  it('refuses a duration that is no number', () => {
    expect(errorsOf({ ...complete, statementTimeout: '1 minute' })).toEqual({
      statementTimeout: 'Enter seconds as a number, for example 30 or 2.5.',
    });
  });

  it('leaves out what was left empty', () => {
    const conversion = toDraft({ ...complete, sslRootCertificate: '  ' });
    expect('draft' in conversion && conversion.draft.sslRootCertificate).toBeUndefined();
    expect('draft' in conversion && conversion.draft.pool).toEqual({});
  });
});

describe('toTestDraft', () => {
  it('tries what has no name yet, and asks for all that a session needs', () => {
    expect(toDraft({ ...complete, name: ' ' })).toHaveProperty('errors.name');
    expect(toTestDraft({ ...complete, name: ' ' })).toHaveProperty('draft.database', 'shop');
    expect(toTestDraft(complete)).toEqual(toDraft(complete));
    expect(toTestDraft({ ...complete, name: '', user: '' })).toEqual({
      errors: { user: 'Enter a user name.' },
    });
  });
});

describe('poolErrors', () => {
  it.each([
    ['5', '2', 20, 'More than the sessions at most.'],
    ['21', '', 20, 'More than the default of 20 sessions at most: raise that too.'],
    ['21', ' ', 30, undefined],
    ['21', '21', 20, undefined],
    ['', '1', 20, undefined],
    ['x', '', 20, undefined],
    ['5', 'x', 20, undefined],
    ['21', '', undefined, undefined],
  ])('says of at least %j and at most %j, by default %s: %j', (least, most, byDefault, error) => {
    const typed = { minConnections: least, maxConnections: most };
    expect(poolErrors(typed, byDefault).minConnections).toBe(error);
  });
});

describe('valuesOf', () => {
  it('gives back what toDraft was given', () => {
    const values: FormValues = {
      ...complete,
      statementTimeout: '30',
      maxConnections: '4',
      acquireTimeout: '1.5',
      sslMode: 'verify-full',
      sslRootCertificate: '/etc/ca.pem',
    };
    const conversion = toDraft(values);
    if ('errors' in conversion) throw new Error('The form is complete.');
    const profile = {
      ...conversion.draft,
      id: '00000000-0000-4000-8000-000000000001',
      hasPassword: true,
      lastOpenedAt: null,
    };
    expect(valuesOf(profile)).toEqual(values);
  });
});

describe('withParsed', () => {
  it('puts the password into its own field and suggests a name', () => {
    const values = withParsed(emptyValues(true), {
      draft: { host: 'db.internal', port: 6432, database: 'shop', user: 'app' },
      password: 'secret',
      ignored: [],
    });
    expect(values).toMatchObject({
      host: 'db.internal',
      port: '6432',
      password: 'secret',
      name: 'shop on db.internal',
    });
  });

  it('keeps what was typed and the text says nothing of', () => {
    const typed = { ...complete, name: 'mine', password: 'typed', color: 'pink' as const };
    expect(withParsed(typed, { draft: { host: 'db' }, ignored: [] })).toEqual({
      ...typed,
      host: 'db',
    });
  });
});

describe('suggestedName', () => {
  it.each([
    ['localhost', 'shop', 'shop'],
    ['/var/run/postgresql', 'shop', 'shop'],
    ['', 'shop', 'shop'],
    ['db.internal', 'shop', 'shop on db.internal'],
    ['db.internal', '', 'db.internal'],
  ])('of %s and %s is %s', (host, database, name) => {
    expect(suggestedName({ host, database })).toBe(name);
  });
});

describe('isDirty', () => {
  it('sees a change and its undoing', () => {
    expect(isDirty(complete, { ...complete, password: 'x' })).toBe(true);
    expect(isDirty(complete, { ...complete })).toBe(false);
  });
});

describe('formField', () => {
  it('finds the field of a name that main or the schema gives', () => {
    expect(formField('host')).toBe('host');
    expect(formField('pool.idleTimeoutMs')).toBe('idleTimeout');
    expect(formField('statementTimeoutMs')).toBe('statementTimeout');
    expect(formField('nothing')).toBeUndefined();
  });
});

describe('looksLikeConnectionString', () => {
  it.each([
    'postgres://u:p@h/d',
    ' postgresql://h',
    'psql -h db -U me',
    'host=db user=me',
    '"postgres://h/d"',
    'jdbc:postgresql://h/d',
    'mysql://u:p@h/d',
    'Host=h;Username=u',
    'User Id=u;Server=h',
    'PGHOST=h PGUSER=u',
    'export DB_HOST=h',
    '# local\nDB_HOST=h',
    'docker exec -it pg psql -U u',
    'sudo -u postgres psql',
  ])('takes %j', (text) => expect(looksLikeConnectionString(text)).toBe(true));

  it.each([
    'localhost',
    'db.internal',
    '/var/run/postgresql',
    '10.0.0.1',
    '::1',
    'a, b',
    'hostile',
    'psql.internal',
  ])('leaves %j as a host', (text) => expect(looksLikeConnectionString(text)).toBe(false));
});
