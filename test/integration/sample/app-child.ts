/** An app of its own that starts the sample server, tells each step, and lives until it is killed. */
import { SampleServer } from '../../../src/main/services/sample/sample-server';
import { InMemorySecrets } from './in-memory-secrets';

const secrets = new InMemorySecrets();
const tell = (message: object): void => {
  process.stdout.write(`${JSON.stringify(message)}\n`);
};
const server = new SampleServer({ dataDirectory: process.argv[2] ?? '', secrets });

async function main(): Promise<void> {
  await server.start(({ message }) => tell({ message }));
  tell({ message: 'started', items: [...secrets.items] });
  process.stdin.resume();
}

void main();
