import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { connectClient } from '../../../src/main/db/session/client';
import { defaultPoolLimits } from '../../../src/main/db/pool/pool-limits';
import type { DatabaseError } from '../../../src/main/db/errors/database-error';
import type { SslMode } from '../../../src/shared/models/connection-profile';
import { failureOf } from './failure-of';

const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** How somebody who is no PostgreSQL server behaves, or one with ways of its own. */
interface Behaviour {
  /** Said at once. */
  readonly greeting?: Buffer | string;
  /** The answer to each packet in turn; nothing more after the last. */
  readonly answers?: readonly ((packet: Buffer) => Buffer | string)[];
}

async function listen({ greeting = '', answers = [] }: Behaviour): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (greeting !== '') socket.write(greeting);
    const left = [...answers];
    socket.on('data', (packet) => {
      const answer = left.shift();
      if (answer !== undefined) socket.write(answer(packet));
    });
  });
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server on TCP has an address of this kind.
  return (server.address() as AddressInfo).port;
}

/** What a login there fails with; its limit of time is far away. */
async function failureAt(
  behaviour: Behaviour,
  mode: SslMode = 'disable',
): Promise<DatabaseError['data']> {
  const settings = {
    host: '127.0.0.1',
    port: await listen(behaviour),
    database: 'shop',
    user: 'ann',
    password: () => Promise.resolve('secret'),
    ssl: { mode },
    applicationName: 'tests',
    readOnly: false,
    statementTimeoutMs: 0,
    limits: defaultPoolLimits,
  };
  return (await failureOf(connectClient(settings, { timeoutMs: 60_000 }))).data;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** A message of the protocol: its type, its length, its body. */
function message(type: string, ...body: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(body);
  return Buffer.concat([Buffer.from(type), int32(bytes.length + 4), bytes]);
}

const authentication = (method: number, ...rest: readonly Buffer[]): Buffer =>
  message('R', int32(method), ...rest);

/** Offers SCRAM, then goes on as `next` says; `next` has the client's nonce. */
const scram = (next: (nonce: string) => string): Behaviour => ({
  answers: [
    () => authentication(10, Buffer.from('SCRAM-SHA-256\0\0')),
    (packet) =>
      authentication(11, Buffer.from(next(/,r=([\x21-\x7e]+)/.exec(packet.toString())?.[1] ?? ''))),
  ],
});

describe('a login that is not supported', () => {
  it.each([
    [7, 'GSSAPI (Kerberos)'],
    [9, 'SSPI (Windows)'],
    [2, 'Kerberos 5'],
    [6, 'method 6'],
  ])('by method %i is told at once', async (method, name) => {
    expect(await failureAt({ answers: [() => authentication(method)] })).toMatchObject({
      kind: 'AuthenticationFailed',
      message: `The server asks for a login by ${name}, which is not supported.`,
      advice: expect.stringContaining('pg_hba.conf'),
    });
  });

  it('by a mechanism of SASL', async () => {
    const offer = (): Buffer => authentication(10, Buffer.from('OAUTHBEARER\0\0'));
    expect(await failureAt({ answers: [offer] })).toMatchObject({
      kind: 'AuthenticationFailed',
      message: 'The server asks for a login method that is not supported.',
    });
  });

  it('by more rounds of hashing than a computer has time for', async () => {
    const data = await failureAt(scram((nonce) => `r=${nonce}x,s=c2FsdA==,i=999999999`));
    expect(data).toMatchObject({
      kind: 'AuthenticationFailed',
      message: expect.stringContaining('999999999 rounds'),
      advice: expect.stringContaining('scram_iterations'),
    });
  });

  it('by SCRAM that is wrong', async () => {
    expect(await failureAt(scram(() => 'r=another,s=c2FsdA==,i=4096'))).toMatchObject({
      kind: 'AuthenticationFailed',
      message: expect.stringContaining('cannot be used'),
      detail: expect.stringContaining('nonce'),
    });
  });
});

const http = { answers: [() => 'HTTP/1.1 400 Bad Request\r\n\r\n'] };
const mysql = { greeting: Buffer.from('4a0000000a382e302e33360008000000', 'hex') };
const ssh = { greeting: 'SSH-2.0-OpenSSH_9.2\r\n' };

describe('another service that keeps the connection open', () => {
  it.each([
    ['HTTP', http],
    ['MySQL', mysql],
    ['SSH', ssh],
  ])('%s is told at once, with TLS and without', async (_name, behaviour) => {
    for (const mode of ['disable', 'prefer', 'require'] as const) {
      expect(await failureAt(behaviour, mode)).toMatchObject({
        kind: 'ConnectionFailed',
        message: expect.stringMatching(/PostgreSQL/),
        advice: expect.stringContaining('Check that a PostgreSQL server'),
      });
    }
  });
});

describe('a message that is not of the protocol', () => {
  it.each([
    ['a length that no message has', Buffer.from([82, 0, 0, 0, 0, 0, 0, 0, 0])],
    ['an unknown type', Buffer.concat([authentication(0), message('~')])],
    ['fields that are missing', Buffer.concat([authentication(0), message('T', int32(-1))])],
  ])('%s', async (_name, bytes) => {
    expect(await failureAt({ answers: [() => bytes] })).toMatchObject({
      kind: 'ConnectionFailed',
      message: expect.stringContaining("does not speak PostgreSQL's protocol"),
    });
  });
});

describe('TLS', () => {
  /** An alert of TLS 1.2 (RFC 5246, 7.2): fatal, and what it is about. */
  const alert = (about: number): Buffer => Buffer.from([21, 3, 3, 0, 2, 2, about]);

  it.each([
    ['no cipher in common', alert(40), 'have no way of TLS in common'],
    ['no version in common', alert(70), 'have no way of TLS in common'],
    ['a refused certificate', alert(48), 'refused the client certificate'],
    ['no TLS at all', 'hello there, this is no TLS', 'agreed to TLS and then sent something else'],
  ])('%s', async (_name, answer, words) => {
    const data = await failureAt({ answers: [() => 'S', () => answer] }, 'require');
    expect(data).toMatchObject({ kind: 'ConnectionFailed', systemCode: expect.anything() });
    expect(data.message).toContain(words);
    expect(data.message).not.toMatch(/openssl|\n/i);
  });
});
