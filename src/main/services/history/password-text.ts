/**
 * "password" with a literal behind it: PASSWORD 'x' of a role, password=x of a connection string,
 * password $1 is no literal. Quoted forms are those of the manual, 4.1.2 Constants.
 */
const literal = /\bpassword\s*(?:=\s*[^\s$]|=>\s*\S|(?:e|u&)?'|\$(?!\d))/iu;

/** Whether a text looks as if a password stood in it: better one entry less than a secret on the disk. */
export function mayHoldPassword(text: string): boolean {
  return literal.test(text);
}
