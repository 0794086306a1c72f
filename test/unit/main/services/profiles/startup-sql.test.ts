import { describe, expect, it } from 'vitest';
import { DatabaseError } from '../../../../../src/main/db/errors/database-error';
import { checkSearchPath } from '../../../../../src/main/services/profiles/search-path';
import { splitStartupSql } from '../../../../../src/main/services/profiles/startup-sql';

describe('splitStartupSql', () => {
  it('gives the statements in order, with semicolons in texts left alone', () => {
    expect(splitStartupSql(`SET a.b = 'x;y';\n-- why\nSELECT 1`)).toEqual([
      `SET a.b = 'x;y'`,
      '-- why\nSELECT 1',
    ]);
  });

  it('gives nothing for spaces and comments', () => {
    expect(splitStartupSql(' \n-- nothing\n')).toEqual([]);
  });

  it.each(['\\c other', 'COPY t FROM STDIN;\n1\n\\.\n'])('refuses %j beside its field', (text) => {
    expect(() => splitStartupSql(text)).toThrow(
      expect.objectContaining({
        data: expect.objectContaining({ kind: 'InvalidInput', field: 'startupSql' }),
      }),
    );
  });
});

describe('checkSearchPath', () => {
  it.each(['app', 'app, public', '"$user", public', 'my-schema', '"My, ""odd"" Schema" , a', '""'])(
    'takes %s',
    (text) => expect(() => checkSearchPath(text)).not.toThrow(),
  );

  it.each(['a b', 'a,', ',a', 'a,,b', '"open', 'a"b"', ' '])('refuses %j', (text) => {
    expect(() => checkSearchPath(text)).toThrow(DatabaseError);
  });
});
