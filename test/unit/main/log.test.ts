import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { toDatabaseError } from '../../../src/main/db/errors/database-error';
import { createLog, redact } from '../../../src/main/log';

describe('redact', () => {
  it.each([
    ['postgres://ann:s3cret@db.example.com/shop', 'postgres://…@db.example.com/shop'],
    ['postgres://ann:s3/cr@et@db.example.com/shop', 'postgres://…@db.example.com/shop'],
    ['postgresql+asyncpg://ann:s3cret@db/shop failed', 'postgresql+asyncpg://…@db/shop failed'],
    ['Host=db;Pwd=s3cret', 'Host=db;Pwd=…'],
    ['host=db password=s3cret user=ann', 'host=db password=… user=ann'],
    [`passphrase: 'two words'`, 'passphrase: …'],
    ['{"password":"s3cret"}', '{"password":…}'],
    ["ALTER ROLE a PASSWORD 's3''cret' LOGIN", 'ALTER ROLE a PASSWORD … LOGIN'],
    ["alter role a password e's3 cret'", 'alter role a password …'],
    ['The password is wrong', 'The password is wrong'],
  ])('takes the secret out of %s', (text, wanted) => {
    expect(redact(text)).toBe(wanted);
  });
});

describe('createLog', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'postern-log-'));
    return () => rmSync(folder, { recursive: true });
  });

  it('writes lines that only the owner can read, without secrets', () => {
    const log = createLog(folder);
    log.info('started');
    log.error('failed', new Error('connect postgres://ann:s3cret@db/shop'));
    const path = join(folder, 'main.log');
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('started');
    expect(text).toContain('log.test');
    expect(text).not.toContain('s3cret');
    const forOthers = process.platform === 'win32' ? 0 : statSync(path).mode & 0o077;
    expect(forOthers).toBe(0);
  });

  it('writes the SQLSTATE of what the server says, not its words, which may quote data', () => {
    const message = 'invalid input syntax for type integer: "4111 1111"';
    const fromServer = Object.assign(new Error(message), { severity: 'ERROR', code: '22P02' });
    const log = createLog(folder);
    log.error('first', fromServer);
    log.error('second', toDatabaseError(fromServer));
    const text = readFileSync(join(folder, 'main.log'), 'utf8');
    expect(text.match(/SQLSTATE 22P02/g)).toHaveLength(2);
    expect(text).not.toContain('4111');
  });

  it('raises nothing where it cannot write: it is told of what nobody else can take', () => {
    const log = createLog(join(folder, 'main.log', 'below'));
    writeFileSync(join(folder, 'main.log'), 'a file, not a folder');
    log.error('Writing the query history', new Error('ENOSPC'));
    expect(readFileSync(join(folder, 'main.log'), 'utf8')).toBe('a file, not a folder');
  });

  it('writes no more of a message than a person reads', () => {
    createLog(folder).error('failed', new Error('x'.repeat(1_000_000)));
    expect(statSync(join(folder, 'main.log')).size).toBeLessThan(20_000);
  });

  it('sets a large file aside instead of growing for ever', () => {
    writeFileSync(join(folder, 'main.log'), 'x'.repeat(1_000_001));
    createLog(folder).info('new');
    expect(readFileSync(join(folder, 'main.log'), 'utf8')).toMatch(/new\n$/);
    expect(statSync(join(folder, 'main.old.log')).size).toBe(1_000_001);
  });
});
