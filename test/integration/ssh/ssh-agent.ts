import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';

/** An SSH agent that listens on a socket of its own. */
export interface TestAgent {
  readonly socket: string;
  stop(): void;
}

/**
 * An agent with the given private keys, in the protocol of ssh-agent(1) (draft-miller-ssh-agent): a
 * machine that runs the tests may have the server of OpenSSH and not its agent.
 */
export async function startAgent(privateKeys: readonly string[]): Promise<TestAgent> {
  const keys = privateKeys.map((text) => {
    const key = ssh2.utils.parseKey(text);
    if (key instanceof Error) throw key;
    return key;
  });
  const folder = mkdtempSync(join(tmpdir(), 'postern-agent-'));
  const socket = join(folder, 'agent');
  const open = new Set<Socket>();
  const server = createServer((connection) => {
    open.add(connection);
    const protocol = new ssh2.AgentProtocol(false);
    protocol.on('identities', (request) => protocol.getIdentitiesReply(request, keys));
    protocol.on('sign', (request, publicKey, data, { hash }) => {
      const key = keys.find((candidate) =>
        candidate.getPublicSSH().equals(publicKey.getPublicSSH()),
      );
      if (key === undefined) protocol.failureReply(request);
      else protocol.signReply(request, key.sign(data, hash));
    });
    connection.pipe(protocol).pipe(connection);
  });
  server.listen(socket);
  await once(server, 'listening');
  return {
    socket,
    stop() {
      for (const connection of open) connection.destroy();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
