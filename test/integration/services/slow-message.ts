import { vi } from 'vitest';
import { PooledClient } from '../../../src/main/db/pool/pooled-client';

/** Has the server sleep for a moment before the next message of our own that begins so. */
export function slowDown(beginning: string): void {
  // oxlint-disable-next-line typescript/unbound-method -- It is called with each client.
  const { query } = PooledClient.prototype;
  const spy = vi.spyOn(PooledClient.prototype, 'query');
  spy.mockImplementation(async function (this: PooledClient, text, ...rest) {
    if (text.startsWith(beginning)) {
      spy.mockRestore();
      await query.call(this, 'SELECT pg_sleep(0.5)');
    }
    return query.call(this, text, ...rest);
  });
}
