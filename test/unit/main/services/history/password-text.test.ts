import { describe, expect, it } from 'vitest';
import { mayHoldPassword } from '../../../../../src/main/services/history/password-text';

describe('a text that may hold a password', () => {
  it.each([
    ["CREATE ROLE a LOGIN PASSWORD 'x'", 'a role'],
    ["alter user a with encrypted password\n'x'", 'a line break before it'],
    ["ALTER ROLE a PASSWORD E'x'", 'an escape string'],
    ["ALTER ROLE a PASSWORD U&'x'", 'a Unicode string'],
    ['ALTER ROLE a PASSWORD $$x$$', 'a dollar quote'],
    ['ALTER ROLE a PASSWORD $q$x$q$', 'a named dollar quote'],
    ["CREATE USER MAPPING FOR a SERVER s OPTIONS (user 'b', password 'x')", 'a foreign server'],
    ["SELECT dblink_connect('host=h user=u password=x')", 'a connection string'],
    ["SELECT set_secret(password => 'x')", 'an argument by name'],
    ["SELECT * FROM users WHERE password = 'x'", 'a comparison'],
  ])('is %s (%s)', (text) => {
    expect(mayHoldPassword(text)).toBe(true);
  });

  it.each([
    ['SELECT password FROM users', 'a column'],
    ['ALTER TABLE users ADD COLUMN password text', 'a column that is made'],
    ['SELECT * FROM users WHERE password = $1', 'a parameter'],
    ['ALTER ROLE a PASSWORD NULL', 'a password that is taken away'],
    ["SELECT 'forgot your password?'", 'the word in a text'],
    ['SHOW password_encryption', 'a setting'],
  ])('is not %s (%s)', (text) => {
    expect(mayHoldPassword(text)).toBe(false);
  });
});
