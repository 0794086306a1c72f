import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';

/**
 * How a certificate ends that was signed by Ed25519 (RFC 8410, sections 3 and 6): the algorithm, and
 * the header of a signature of 64 bytes.
 */
const ed25519 = Buffer.from('300506032b6570034100', 'hex');
const signatureBytes = 64;

/**
 * Whether a login can be bound to the certificate of its link (RFC 5929, tls-server-end-point): not
 * to one signed by Ed25519, which has no hash function of its own. PostgreSQL offers the binding all
 * the same, and ends the login of whoever takes it ("could not find digest for NID UNDEF").
 */
export function canBindTo(stream: Duplex): boolean {
  if (!(stream instanceof TLSSocket)) return false;
  const { raw } = stream.getPeerCertificate();
  return !raw.subarray(0, -signatureBytes).subarray(-ed25519.length).equals(ed25519);
}
