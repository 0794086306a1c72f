import { invalidConnection, type ConnectionParameters } from './connection-parameters';

/** Npgsql's names for what libpq has, in lower case and without spaces (its documentation, "Connection String Parameters"). */
const keywords: ReadonlyMap<string, string> = new Map([
  ['host', 'host'],
  ['server', 'host'],
  ['port', 'port'],
  ['database', 'dbname'],
  ['db', 'dbname'],
  ['username', 'user'],
  ['userid', 'user'],
  ['user', 'user'],
  ['uid', 'user'],
  ['password', 'password'],
  ['pwd', 'password'],
  ['sslmode', 'sslmode'],
  ['rootcertificate', 'sslrootcert'],
  ['sslcertificate', 'sslcert'],
  ['sslkey', 'sslkey'],
  ['searchpath', 'search_path'],
  ['applicationname', 'application_name'],
  ['options', 'options'],
  ['targetsessionattributes', 'target_session_attrs'],
]);

/** A name and a value, in quotes or not; a quote within quotes is written twice. */
const setting = /\s*([^=;]+?)\s*=\s*("(?:[^"]|"")*"|'(?:[^']|'')*'|[^;]*?)\s*(?:;|$)/y;

/**
 * The parameters of an ADO.NET connection string, as Npgsql takes it: `Host=db;Database=shop;…`; null
 * where a text is none. Names that libpq has no word for are kept as they are. Raises InvalidInput.
 */
export function parseNpgsqlString(text: string): ConnectionParameters | null {
  const parameters: ConnectionParameters = new Map();
  let known = 0;
  setting.lastIndex = 0;
  while (setting.lastIndex < text.length) {
    const match = setting.exec(text);
    if (match === null) {
      if (known < 2) return null;
      throw invalidConnection(
        'url',
        'The connection text has a part that is not of the form name=value.',
        'Separate the parts by semicolons, and put a value with a semicolon in quotes.',
      );
    }
    const [, name = '', value = ''] = match;
    const keyword = keywords.get(name.replaceAll(' ', '').toLowerCase());
    if (keyword !== undefined) known += 1;
    parameters.set(
      keyword ?? name,
      keyword === 'sslmode' ? sslMode(unquoted(value)) : unquoted(value),
    );
  }
  // One setting alone is written alike in libpq's notation; there, too, a value may hold a semicolon.
  return known > 1 ? parameters : null;
}

function unquoted(value: string): string {
  const [quote = ''] = value;
  return quote === '"' || quote === "'"
    ? value.slice(1, -1).replaceAll(quote + quote, quote)
    : value;
}

/** VerifyFull → verify-full */
const sslMode = (value: string): string => value.replace(/^verify(?=ca|full)/i, 'verify-');
