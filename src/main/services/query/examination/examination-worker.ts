import { parentPort } from 'node:worker_threads';
import { examineStatements, findStatements } from './examine';
import { toPosted, type ThreadAnswer, type ThreadRequest, type PostedStatement } from './messages';

/**
 * The program of the thread that examines long texts. It answers in batches and waits to be asked for
 * the next one: whoever takes them must not be kept busy by all of them at once.
 */

/** Statements of one batch: reading them takes main about a millisecond. */
const batchSize = 500;

const port = parentPort;
if (port === null) throw new Error('This program runs as a thread only.');

const send = (answer: ThreadAnswer): void => port.postMessage(answer);
let resume: () => void = () => undefined;

async function answer({ kind, request }: Exclude<ThreadRequest, { kind: 'more' }>): Promise<void> {
  let items: PostedStatement[] = [];
  const statements = kind === 'find' ? findStatements(request) : examineStatements(request);
  for await (const statement of statements) {
    if (items.length === batchSize) {
      const isTaken = new Promise<void>((resolve) => {
        resume = resolve;
      });
      send({ kind: 'statements', items, isLast: false });
      await isTaken;
      items = [];
    }
    items.push(toPosted(statement));
  }
  send({ kind: 'statements', items, isLast: true });
}

port.on('message', (message: ThreadRequest) => {
  if (message.kind === 'more') resume();
  else {
    answer(message).catch((error: unknown) => {
      send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    });
  }
});
