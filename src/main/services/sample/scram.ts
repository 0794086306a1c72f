import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);
/** The server's own default for scram_iterations. */
const defaultIterations = 4096;

/**
 * The verifier that PostgreSQL stores in pg_authid in place of a SCRAM-SHA-256 password (manual,
 * "pg_authid"; RFC 5803). CREATE and ALTER ROLE accept it as it is, so that the password itself
 * is never part of a statement. ASCII passwords only: others would need SASLprep first.
 */
export async function scramVerifier(
  password: string,
  salt: Buffer = randomBytes(16),
  iterations: number = defaultIterations,
): Promise<string> {
  const salted = await derive(password, salt, iterations, 32, 'sha256');
  const hmac = (key: string): Buffer => createHmac('sha256', salted).update(key).digest();
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64');
  const serverKey = hmac('Server Key').toString('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}
