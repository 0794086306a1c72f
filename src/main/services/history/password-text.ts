/** A comment that is not longer than a remark. */
const comment = String.raw`(?:--[^\n]{0,300}\n|/\*(?:[^*]|\*(?!/)){0,300}\*/)`;
/**
 * White space and comments between two words. All lengths are bounded, and each text is read in one
 * way only: main waits for the answer, and a script may have a secret's name in every line.
 */
const gap = String.raw`\s{0,500}(?:${comment}\s{0,100}){0,5}`;

/** Words of SQL and of connection strings behind which a secret stands, and of columns that hold one. */
const secret =
  '(?:passw(?:or)?d|pwd|passphrase|(?:api|secret|access)_?key|(?:access|auth)_?token|client_secret|scram_(?:client|server)_key)';

/** How a literal of text begins. */
const literal = String.raw`(?:(?:e|u&)?'|\$(?!\d))`;

/**
 * A secret's name with a literal behind it: PASSWORD 'x' of a role, password TO 'x' of a setting,
 * "password" 'x' of a foreign server, password=x of a connection string, v_password text := 'x', PASSWORD
 * %L of a format, "password": "x" of JSON, 'password', 'x' of set_config. password $1 is no literal.
 * Quoted forms are those of the manual, 4.1.2 Constants.
 */
const named = new RegExp(
  String.raw`${secret}["']?${gap}(?:(?:constant\s+)?(?:text|varchar|name)${gap})?(?:[:!]?=${gap}[^\s$]|<>${gap}[^\s$]|=>${gap}\S|(?:to\b${gap}|in\b${gap}\(${gap})?${literal}|%[lsi\d])`,
  'iu',
);
/** set_password('a', 'x') */
const argument = new RegExp(String.raw`${secret}\w{0,30}\s{0,10}\([^()]{0,300}${literal}`, 'iu');
const inPairs = new RegExp(
  String.raw`${secret}(?:["']${gap}:(?!:)${gap}["\d]|'${gap},${gap}${literal})`,
  'iu',
);

/** Rows for columns that hold one, and functions of pgcrypto that take one. */
const rows = new RegExp(
  String.raw`\b(?:(?:insert\s+into|copy)\b[^();]{1,300}|set\s{0,100})\([^()]{0,4000}${secret}|\b(?:crypt|hmac|(?:pgp_sym_)?(?:en|de)crypt(?:_bytea|_iv)?)\s{0,100}\(`,
  'iu',
);
/** Without them, the rows are of parameters or of another table. */
const data = /'|from\s+stdin/iu;

/** scheme://user:password@host (manual, 32.1.1.2 Connection URIs); of PostgreSQL's also what is not encoded. */
const url =
  /:\/\/[^\s'"/@:]{1,200}:[^\s'"/@]{1,500}@|postgres(?:ql)?:\/\/[^\s'"/@:]{0,200}:[^\s'"]{1,500}@/iu;

/** Whether a text looks as if a password stood in it: better one entry less than a secret on the disk. */
export function mayHoldPassword(text: string): boolean {
  return (
    named.test(text) ||
    inPairs.test(text) ||
    argument.test(text) ||
    url.test(text) ||
    (data.test(text) && rows.test(text))
  );
}
