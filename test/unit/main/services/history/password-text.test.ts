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
    ["ALTER ROLE a PASSWORD /* new */ 'x'", 'a comment before it'],
    ["ALTER ROLE a PASSWORD -- new\n'x'", 'the rest of a line before it'],
    [`ALTER USER MAPPING FOR a SERVER s OPTIONS (SET "password" 'x')`, 'a quoted name'],
    ["CREATE SUBSCRIPTION s CONNECTION 'postgresql://u:x@h/d' PUBLICATION p", 'a URL'],
    ["SELECT dblink('host=h sslpassword=x', 'select 1')", 'the password of a key'],
    ["COPY t FROM PROGRAM 'PGPASSWORD=x psql -c ...'", 'an environment'],
    ["DO $$ BEGIN EXECUTE format('ALTER ROLE a PASSWORD %L', 'x'); END $$", 'a format'],
    ["DO $$ DECLARE v_password text := 'x'; BEGIN END $$", 'a variable'],
    ["INSERT INTO users (name, password) VALUES ('a', 'x')", 'a row'],
    ['COPY users (name, password) FROM STDIN;\na\tx\n\\.', 'rows of a dump'],
    ["UPDATE users SET user_password = 'x' WHERE id = 1", 'a change'],
    ["UPDATE users SET (name, password) = ('a', 'x')", 'a change of several columns'],
    ["SELECT set_config('app.password', 'x', false)", 'a setting of the session'],
    ["SET app.db_pwd = 'x'", 'a short name'],
    [`INSERT INTO settings VALUES ('{"user": "a", "password": "x"}')`, 'a member of JSON'],
    ["SELECT jsonb_build_object('api_key', $$x$$)", 'a pair'],
    ["SELECT * FROM users WHERE hash = crypt('x', hash)", 'a password that is hashed'],
    ["SELECT pgp_sym_decrypt(body, 'x') FROM letters", 'a key of pgcrypto'],
    ["SET app.password TO 'x'", 'a setting in other words'],
    ["ALTER ROLE a SET app.api_key TO 'x'", 'a setting of a role'],
    ["CALL set_password('a', 'x')", 'an argument of a routine that is named after it'],
    ["SELECT * FROM users WHERE password IN ('x', 'y')", 'a list'],
    ["SELECT encode(encrypt('text', 'x', 'aes'), 'hex')", 'another key of pgcrypto'],
    ["SELECT hmac(body, 'x', 'sha256') FROM letters", 'the key of a code of pgcrypto'],
    ["SELECT dblink('postgresql://:x@h/d', 'select 1')", 'a URL without a user'],
    ["SELECT dblink('postgres://u:x/y@z@h/d', 'select 1')", 'a URL that is not encoded'],
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
    ['INSERT INTO users (name, password) VALUES ($1, $2)', 'a row of parameters'],
    ["SELECT 'http://host:8080/a@b'", 'a URL without one'],
    ["SELECT password, 'x' FROM users", 'a column before a text'],
    ["SELECT password::text, 'x' FROM users", 'a cast'],
    ['SELECT crypt($1, hash) FROM users', 'a parameter of pgcrypto'],
    ['ALTER TABLE users RENAME COLUMN password TO secret', 'a column that is renamed'],
    ["INSERT INTO passwords (name) VALUES ('x')", 'a table that is named after it'],
    ['CALL set_password($1, $2)', 'parameters of a routine'],
    ["CREATE TABLE users (password text, note text DEFAULT 'x')", 'a table with such a column'],
  ])('is not %s (%s)', (text) => {
    expect(mayHoldPassword(text)).toBe(false);
  });

  // Main waits for the answer: each of these took it many seconds when a comment had no bounds.
  it.each([
    'password/*',
    'password/* * ',
    'password--',
    'password text ',
    'set (',
    'crypt(',
    'password(',
    'password in (/*',
    'password to --',
  ])('is told of a text that repeats %s', (part) => {
    expect(mayHoldPassword(part.repeat(26_000))).toBe(false);
  });
});
