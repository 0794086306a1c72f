import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import ssh2, { type Connection } from 'ssh2';
import { afterEach, describe, expect, it } from 'vitest';
import { SshTunnel } from '../../../src/main/db/ssh/ssh-tunnel';
import { failureOf } from '../db/failure-of';
import { MemoryKnownHosts } from './ssh-fixture';
import { makeKeyPair } from './ssh-server';

const closers: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/**
 * A server of ssh2: sshd checks passwords against the accounts of the system, which only root may,
 * and the questions of PAM need a set-up that belongs to the machine.
 */
async function serverThat(authenticate: (connection: Connection) => void): Promise<number> {
  const server = new ssh2.Server({ hostKeys: [makeKeyPair('ed25519').private] }, (connection) => {
    connection.on('error', () => undefined);
    authenticate(connection);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

function tunnelTo(port: number, password: string): SshTunnel {
  const tunnel = new SshTunnel({
    settings: {
      host: '127.0.0.1',
      port,
      user: 'ann',
      authentication: { method: 'password', password: () => Promise.resolve(password) },
      knownHosts: new MemoryKnownHosts(),
    },
    askAboutHostKey: () => Promise.resolve(true),
  });
  closers.push(() => tunnel.close());
  return tunnel;
}

const right = 'the right pässword';

/** Asks questions as PAM does, and lets in whoever gives the answers. */
const asking =
  (questions: readonly { prompt: string; echo: boolean }[], answers: readonly string[]) =>
  (connection: Connection): void => {
    connection.on('authentication', (context) => {
      if (context.method !== 'keyboard-interactive') context.reject(['keyboard-interactive']);
      else {
        context.prompt([...questions], (given) => {
          if (JSON.stringify(given) === JSON.stringify(answers)) context.accept();
          else context.reject(['keyboard-interactive']);
        });
      }
    });
  };

describe('a password', () => {
  const takingPasswords = (connection: Connection): void => {
    connection.on('authentication', (context) => {
      if (context.method === 'password' && context.password === right) context.accept();
      else context.reject(['password', 'publickey']);
    });
  };

  it('logs in', async () => {
    const facts = await tunnelTo(await serverThat(takingPasswords), right).open();
    expect(facts.description).toContain(', password, host key');
  });

  it('that is wrong is told beside its field, and not repeated', async () => {
    const { data } = await failureOf(
      tunnelTo(await serverThat(takingPasswords), 'wrong-one').open(),
    );
    expect(data).toMatchObject({ kind: 'AuthenticationFailed', field: 'ssh.secret' });
    expect(data.detail).toBe('It takes: password, publickey');
    expect(JSON.stringify(data)).not.toContain('wrong-one');
  });

  it('that was changed meanwhile is given from then on', async () => {
    const tunnel = tunnelTo(await serverThat(takingPasswords), 'the one of before');
    expect((await failureOf(tunnel.open())).data.field).toBe('ssh.secret');
    tunnel.renewSecret(right);
    expect((await tunnel.open()).description).toContain(', password, host key');
  });

  it('that is missing is asked for before anything is sent', async () => {
    const { data } = await failureOf(tunnelTo(1, '').open());
    expect(data).toMatchObject({ kind: 'InvalidInput', field: 'ssh.secret' });
  });

  it('answers the one hidden question that is asked in its place', async () => {
    const port = await serverThat(asking([{ prompt: 'Password: ', echo: false }], [right]));
    expect((await tunnelTo(port, right).open()).description).toContain('password');
    expect((await failureOf(tunnelTo(port, 'wrong-one').open())).data.field).toBe('ssh.secret');
  });

  it.each([
    [
      'two questions',
      [
        { prompt: 'Password: ', echo: false },
        { prompt: 'Code: ', echo: false },
      ],
    ],
    ['a question whose answer is shown', [{ prompt: 'Favourite colour? ', echo: true }]],
  ])('is not given to %s', async (_name, questions) => {
    const port = await serverThat(asking(questions, []));
    const { data } = await failureOf(tunnelTo(port, right).open());
    expect(data.kind).toBe('AuthenticationFailed');
    expect(data.message).toContain('more than a password');
    expect(data.detail).toContain(questions[0]?.prompt.trim());
  });
});

it('says that a server wants a second login after the first', async () => {
  const port = await serverThat((connection) => {
    connection.on('authentication', (context) => {
      if (context.method === 'password') context.reject(['publickey'], true);
      else context.reject(['password']);
    });
  });
  const { data } = await failureOf(tunnelTo(port, right).open());
  expect(data).toMatchObject({ kind: 'AuthenticationFailed', field: 'ssh.authentication' });
  expect(data.message).toContain('asks for a second one');
});
