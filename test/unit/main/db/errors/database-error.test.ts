import { describe, expect, it } from 'vitest';
import type { ErrorContext } from '../../../../../src/main/db/errors/error-context';
import {
  cancelledError,
  DatabaseError,
  toDatabaseError,
} from '../../../../../src/main/db/errors/database-error';
import { kindOfSqlState } from '../../../../../src/main/db/errors/sqlstate';

const connecting: ErrorContext = {
  phase: 'connect',
  host: 'db.example',
  port: 5432,
  user: 'ann',
  database: 'shop',
};
const running: ErrorContext = { ...connecting, phase: 'query' };

/** An Error with fields, as Node, OpenSSL and pg make them. */
function errorWith(message: string, fields: Readonly<Record<string, string>>): Error {
  return Object.assign(new Error(message), fields);
}

function serverError(code: string, fields: Readonly<Record<string, string>> = {}): Error {
  return errorWith('as the server says', { severity: 'ERROR', code, ...fields });
}

describe('kindOfSqlState', () => {
  it.each([
    ['08006', 'QueryFailed', 'ConnectionFailed'],
    ['08P01', 'QueryFailed', 'ConnectionFailed'],
    ['0A000', 'QueryFailed', 'ConnectionFailed'],
    ['22P02', 'QueryFailed', 'ConnectionFailed'],
    ['23505', 'ConstraintViolated', 'ConnectionFailed'],
    ['25006', 'ReadOnly', 'ConnectionFailed'],
    ['25P02', 'TransactionFailed', 'ConnectionFailed'],
    ['25P03', 'ConnectionLost', 'ConnectionFailed'],
    ['28000', 'AuthenticationFailed', 'AuthenticationFailed'],
    ['28P01', 'AuthenticationFailed', 'AuthenticationFailed'],
    ['3D000', 'DatabaseNotFound', 'DatabaseNotFound'],
    ['3F000', 'InvalidQuery', 'ConnectionFailed'],
    ['40001', 'SerializationFailed', 'ConnectionFailed'],
    ['40P01', 'SerializationFailed', 'ConnectionFailed'],
    ['42501', 'PermissionDenied', 'PermissionDenied'],
    ['42601', 'InvalidQuery', 'ConnectionFailed'],
    ['42P01', 'TableNotFound', 'ConnectionFailed'],
    ['53100', 'ServerFailed', 'ServerFailed'],
    ['53300', 'TooManyConnections', 'TooManyConnections'],
    ['54001', 'ServerFailed', 'ServerFailed'],
    ['55P03', 'LockNotAvailable', 'ConnectionFailed'],
    ['57P01', 'ConnectionLost', 'ConnectionFailed'],
    ['57P03', 'ConnectionFailed', 'ConnectionFailed'],
    ['58030', 'ServerFailed', 'ServerFailed'],
    ['P0001', 'QueryFailed', 'ConnectionFailed'],
    ['XX000', 'ServerFailed', 'ServerFailed'],
  ] as const)('%s is %s, and while connecting %s', (sqlState, whileRunning, whileConnecting) => {
    expect(kindOfSqlState(sqlState, 'query')).toBe(whileRunning);
    expect(kindOfSqlState(sqlState, 'connect')).toBe(whileConnecting);
  });
});

describe('what the system says', () => {
  it.each([
    ['ECONNREFUSED', 'Nothing accepts connections at db.example:5432.'],
    ['ENOTFOUND', 'The host name "db.example" was not found.'],
    ['EAI_AGAIN', 'name server does not answer'],
    ['ETIMEDOUT', 'db.example:5432 does not answer.'],
    ['ECONNRESET', 'closed the connection before a session was made'],
    ['EPIPE', 'closed the connection before a session was made'],
    ['EHOSTUNREACH', 'db.example:5432 cannot be reached.'],
    ['ENETUNREACH', 'no network route to db.example:5432'],
    ['ENOENT', 'There is no socket'],
    ['EACCES', 'does not allow access'],
    ['CERT_HAS_EXPIRED', 'certificate has expired'],
    ['CERT_NOT_YET_VALID', 'not valid yet'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'another host name'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'authority that is not trusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'not known'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'TLS with db.example:5432 failed'],
    ['EPROTO', 'TLS with db.example:5432 failed'],
    ['ECONNABORTED', 'closed the connection before a session was made'],
    ['EHOSTDOWN', 'db.example:5432 cannot be reached.'],
    ['ENETDOWN', 'db.example:5432 cannot be reached.'],
    ['EADDRNOTAVAIL', 'no address from which to reach db.example:5432'],
    ['ENOTDIR', 'There is no socket'],
    ['EPERM', 'does not allow access'],
    ['EMFILE', 'too many files and connections open'],
    ['ENFILE', 'too many files and connections open'],
    ['EINVAL', 'Connecting to db.example:5432 failed: raw'],
    ['INVALID_CA', 'Connecting to db.example:5432 failed: raw'],
  ])('%s while connecting', (code, text) => {
    const { data } = toDatabaseError(errorWith('raw', { code }), connecting);
    expect(data).toMatchObject({ kind: 'ConnectionFailed', systemCode: code });
    expect(data.message).toContain(text);
    expect(data.advice).not.toBe('');
  });

  const attempt = (code: string, address: string): Error => errorWith('raw', { code, address });

  it.each([
    ['one address', attempt('ENETUNREACH', '2001:db8::1')],
    [
      'several',
      Object.assign(
        new AggregateError([
          attempt('EHOSTUNREACH', '2001:db8::1'),
          attempt('EHOSTUNREACH', '2001:db8::2'),
        ]),
        { code: 'EHOSTUNREACH' },
      ),
    ],
  ])('of a host that has only IPv6, by %s, names that as the reason', (_name, error) => {
    const { data } = toDatabaseError(error, connecting);
    expect(data.message).toContain('IPv6 address only');
    expect(data.advice).toContain('IPv4');
  });

  it('of a host with addresses of both kinds is told by its code', () => {
    const error = new AggregateError([
      attempt('EHOSTUNREACH', '2001:db8::1'),
      attempt('EHOSTUNREACH', '192.0.2.1'),
    ]);
    expect(toDatabaseError(error, connecting).data.message).toBe(
      'db.example:5432 cannot be reached.',
    );
  });

  it.each([
    ['localhost', /port is published/],
    ['127.0.0.1', /port is published/],
    ['db.example', /listen_addresses/],
  ])('of a port of %s where nothing listens says what to look at', (host, advice) => {
    const error = errorWith('raw', { code: 'ECONNREFUSED' });
    expect(toDatabaseError(error, { ...connecting, host }).data.advice).toMatch(advice);
  });

  it.each(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH'])(
    '%s while a statement runs leaves its outcome unknown',
    (code) => {
      const { data } = toDatabaseError(errorWith('raw', { code }), running);
      expect(data).toMatchObject({
        kind: 'ConnectionLost',
        systemCode: code,
        advice: expect.stringContaining('not known'),
      });
    },
  );

  it('takes a code of Node itself for the defect that it is', () => {
    const error = errorWith('raw', { code: 'ERR_INVALID_ARG_TYPE' });
    expect(toDatabaseError(error, connecting).kind).toBe('Internal');
    expect(toDatabaseError(error, running).kind).toBe('Internal');
  });

  it('speaks of a socket only where there is one', () => {
    const socket = { ...connecting, host: '/run/postgresql' };
    for (const code of ['EACCES', 'EPERM', 'ECONNREFUSED']) {
      const adviceFor = (context: ErrorContext): string | undefined =>
        toDatabaseError(errorWith('raw', { code }), context).data.advice;
      expect(adviceFor(socket)).toMatch(/socket/);
      expect(adviceFor(connecting)).not.toMatch(/socket/);
    }
  });

  it.each([
    'write EPROTO 80FC:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:a.c:350:\n',
    'write EPROTO 80FC:error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER:a.cc:231:',
  ])('reads the reason of TLS in the words of OpenSSL and of BoringSSL: %s', (text) => {
    const { data } = toDatabaseError(errorWith(text, { code: 'EPROTO' }), connecting);
    expect(data).toMatchObject({
      kind: 'ConnectionFailed',
      message: 'db.example:5432 agreed to TLS and then sent something else.',
    });
  });

  it('finds the code within the attempts on several addresses', () => {
    const refused = errorWith('connect ECONNREFUSED ::1:5432', { code: 'ECONNREFUSED' });
    const { data } = toDatabaseError(new AggregateError([refused, refused], ''), connecting);
    expect(data).toMatchObject({ kind: 'ConnectionFailed', systemCode: 'ECONNREFUSED' });
  });

  it('names an IPv6 address and a socket as people write them', () => {
    const refused = errorWith('', { code: 'ECONNREFUSED' });
    expect(toDatabaseError(refused, { ...connecting, host: '::1' }).message).toContain(
      '[::1]:5432',
    );
    const socket = { ...connecting, host: '/run/postgresql' };
    expect(toDatabaseError(refused, socket).message).toContain('/run/postgresql/.s.PGSQL.5432');
  });
});

describe('what PgBouncer refuses a login with', () => {
  const refusal = (message: string): Error =>
    errorWith(message, { severity: 'FATAL', code: '08P01' });

  it.each([
    ['SASL authentication failed', 'AuthenticationFailed', 'Check the password'],
    ['password authentication failed', 'AuthenticationFailed', 'Check the password'],
    ['no such user: ann', 'AuthenticationFailed', 'Check the password'],
    ['no such database: shop', 'DatabaseNotFound', 'Check the name'],
    ['no more connections allowed (max_client_conn)', 'TooManyConnections', 'Close sessions'],
  ])('%s', (message, kind, advice) => {
    expect(toDatabaseError(refusal(message), connecting).data).toMatchObject({
      kind,
      message,
      sqlState: '08P01',
      advice: expect.stringContaining(advice),
    });
  });

  it('is no refusal of a statement', () => {
    expect(toDatabaseError(refusal('no such user'), running).kind).toBe('QueryFailed');
  });
});

describe('what pg says', () => {
  it.each([
    ['Connection terminated unexpectedly', 'ConnectionFailed', 'ConnectionLost'],
    ['Connection terminated', 'ConnectionFailed', 'ConnectionLost'],
    [
      'Client has encountered a connection error and is not queryable',
      'ConnectionFailed',
      'ConnectionLost',
    ],
    ['The server does not support SSL connections', 'ConnectionFailed', 'ConnectionFailed'],
    ['There was an error establishing an SSL connection', 'ConnectionFailed', 'ConnectionFailed'],
    ['timeout expired', 'Timeout', 'Timeout'],
    [
      'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string',
      'AuthenticationFailed',
      'AuthenticationFailed',
    ],
    [
      'SASL: SCRAM-SERVER-FINAL-MESSAGE: server signature does not match',
      'AuthenticationFailed',
      'AuthenticationFailed',
    ],
    [
      'SASL channel binding: unknown OID when parsing public certificate',
      'AuthenticationFailed',
      'AuthenticationFailed',
    ],
    ['Unknown authenticationOk message type 7', 'AuthenticationFailed', 'AuthenticationFailed'],
    [
      'SASL: Only mechanism(s) SCRAM-SHA-256 are supported',
      'AuthenticationFailed',
      'AuthenticationFailed',
    ],
  ] as const)('%s', (message, whileConnecting, whileRunning) => {
    expect(toDatabaseError(new Error(message), connecting).kind).toBe(whileConnecting);
    expect(toDatabaseError(new Error(message), running).kind).toBe(whileRunning);
  });
});

describe('what the server says', () => {
  it('keeps every field as sent', () => {
    const fields = {
      detail: 'd',
      hint: 'h',
      where: 'w',
      schema: 's',
      table: 't',
      column: 'c',
      dataType: 'y',
      constraint: 'n',
      internalQuery: 'q',
    };
    expect(toDatabaseError(serverError('XX000', fields), running).data).toEqual({
      kind: 'ServerFailed',
      message: 'as the server says',
      sqlState: 'XX000',
      severity: 'ERROR',
      ...fields,
    });
  });

  it('has no position without the statement, since it could not be converted', () => {
    const error = serverError('42601', { position: '3' });
    expect(toDatabaseError(error, running).data).not.toHaveProperty('position');
    expect(
      toDatabaseError(error, { ...running, statement: '😀x', statementOffset: 10 }).data.position,
    ).toBe(13);
  });

  it.each([
    ['canceling statement due to statement timeout', undefined, 'Timeout'],
    ['canceling statement due to statement timeout', true, 'Cancelled'],
    ['canceling statement due to user request', undefined, 'Cancelled'],
    ['canceling statement due to user request', false, 'Cancelled'],
    ['storniere Anfrage wegen Zeitüberschreitung', false, 'Timeout'],
    ['storniere Anfrage wegen Benutzeranfrage', true, 'Cancelled'],
  ] as const)('"%s", asked for: %s, is %s', (message, cancelRequested, kind) => {
    const error = errorWith(message, { severity: 'ERROR', code: '57014' });
    expect(toDatabaseError(error, { ...running, cancelRequested }).kind).toBe(kind);
  });

  it('speaks of timeouts only to those who did not ask for the stop', () => {
    const error = serverError('57014');
    const advice = (cancelRequested: boolean): string | undefined =>
      toDatabaseError(error, { ...running, cancelRequested }).data.advice;
    expect(advice(true)).toBe('The statement was stopped and its changes were undone.');
    expect(advice(false)).toContain('statement_timeout');
  });

  it('advises on a missing pg_hba.conf rule by what was tried', () => {
    const error = errorWith('kein pg_hba.conf-Eintrag', {
      severity: 'FATAL',
      code: '28000',
      routine: 'ClientAuthentication',
    });
    const advice = (encrypted: boolean): string | undefined =>
      toDatabaseError(error, { ...connecting, encrypted }).data.advice;
    expect(advice(false)).toContain('"require"');
    expect(advice(true)).toContain('"disable"');
    expect(advice(true)).toContain('user "ann" into database "shop"');
  });

  it.each(['08P01', '0A000', '22023', '28000', '55000', '57P03', 'F0000', 'XX000'])(
    'tells the next step where it refuses a session with %s',
    (code) => {
      expect(toDatabaseError(serverError(code), connecting).data.advice).toMatch(/\w\.$/);
    },
  );

  it('does not take an errno name of five letters for a SQLSTATE', () => {
    expect(
      toDatabaseError(errorWith('write EPIPE', { code: 'EPIPE' }), running).data,
    ).toMatchObject({ kind: 'ConnectionLost', systemCode: 'EPIPE' });
  });
});

describe('everything else', () => {
  it('leaves a DatabaseError as it is', () => {
    const error = cancelledError();
    expect(toDatabaseError(error, connecting)).toBe(error);
  });

  it('takes an abort for a cancel', () => {
    expect(toDatabaseError(new DOMException('aborted', 'AbortError')).kind).toBe('Cancelled');
  });

  it('is a defect, with the original as its cause', () => {
    const cause = new TypeError('x is not a function');
    const error = toDatabaseError(cause);
    expect(error).toBeInstanceOf(DatabaseError);
    expect(error.data).toMatchObject({ kind: 'Internal', message: 'x is not a function' });
    expect(error.cause).toBe(cause);
    expect(toDatabaseError('thrown text').kind).toBe('Internal');
  });
});

describe('advice on a statement', () => {
  const adviceOn = (code: string, message: string, statement = '', position = 0): unknown =>
    toDatabaseError(errorWith(message, { severity: 'ERROR', code, position: String(position) }), {
      ...running,
      statement,
    }).data.advice;

  it.each([
    [`select 'é🐘', :'name'`, true],
    ['select 1 from :"name"', true],
    ['select :{?name}', true],
    ['select a :b', false],
  ])('knows variables of psql: %s', (statement, isVariable) => {
    const position = Array.from(statement.slice(0, statement.indexOf(':'))).length + 1;
    const advice = adviceOn('42601', 'syntax error at or near ":"', statement, position);
    expect(String(advice).includes('psql')).toBe(isVariable);
  });

  it('says how to read bytes of another encoding, but nothing of a NUL', () => {
    const message = 'invalid byte sequence for encoding "UTF8": ';
    expect(adviceOn('22021', `${message}0xe9`)).toContain('SQL_ASCII');
    expect(adviceOn('22021', `${message}0x00`)).toBeUndefined();
  });
});
