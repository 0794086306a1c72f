/** Whoever is at the other end does not speak PostgreSQL's protocol, or no longer does. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}
