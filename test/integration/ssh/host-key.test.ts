import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HostKeyQuestion } from '../../../src/main/db/ssh/ssh-settings';
import { failureOf } from '../db/failure-of';
import { SshBench } from './ssh-bench';
import { hostKeyOf, knownTo, MemoryKnownHosts } from './ssh-fixture';
import { makeKeyPair } from './ssh-server';

const hostKeys = [makeKeyPair('ed25519'), makeKeyPair('rsa')];
const bench = new SshBench({ hostKeys });
const [ed25519 = '', rsa = ''] = hostKeys.map((key) => key.public);

/** What `ssh-keygen -l` prints of a public key. */
function fingerprint(publicKey: string): string {
  const bytes = Buffer.from(publicKey.split(' ')[1] ?? '', 'base64');
  return `SHA256:${createHash('sha256').update(bytes).digest('base64').replaceAll('=', '')}`;
}

const loginsIn = (log: string): number => log.split('Accepted publickey').length - 1;

const nameOfHost = (): string => `[${bench.server.host}]:${bench.server.port}`;

describe('an unknown host', () => {
  it('is asked about once, and known from then on', async () => {
    const knownHosts = new MemoryKnownHosts();
    const questions: HostKeyQuestion[] = [];
    const ask = (question: HostKeyQuestion): Promise<boolean> => {
      questions.push(question);
      return Promise.resolve(true);
    };
    await bench.tunnel({ knownHosts, ask }).open();
    expect(questions).toMatchObject([{ host: bench.server.host, port: bench.server.port }]);
    expect(questions[0]?.key).toEqual(hostKeyOf(ed25519));
    expect(knownHosts.added).toEqual([{ name: nameOfHost(), key: hostKeyOf(ed25519) }]);
    await bench.tunnel({ knownHosts }).open();
  });

  it('that is declined gets no login, and stays unknown', async () => {
    const knownHosts = new MemoryKnownHosts();
    const tunnel = bench.tunnel({ knownHosts, ask: () => Promise.resolve(false) });
    const before = loginsIn(bench.server.log());
    const { data } = await failureOf(tunnel.open());
    expect(data.kind).toBe('HostKeyRefused');
    expect(data.detail).toBe(`Offered: ED25519 ${fingerprint(ed25519)}`);
    expect(knownHosts.added).toEqual([]);
    expect(loginsIn(bench.server.log())).toBe(before);
  });

  it('is never asked about behind the scenes', async () => {
    const tunnel = bench.tunnel({ knownHosts: new MemoryKnownHosts() });
    const target = { host: '127.0.0.1', port: 1 };
    const { data } = await failureOf(tunnel.openStream(target, new AbortController().signal));
    expect(data.kind).toBe('HostKeyRefused');
    expect(data.advice).toContain('Open the connection again');
  });

  it('takes the question back when the opening is cancelled', async () => {
    const controller = new AbortController();
    let asked: AbortSignal | null = null;
    const tunnel = bench.tunnel({
      knownHosts: new MemoryKnownHosts(),
      ask: (_question, signal) => {
        asked = signal;
        return new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve(false));
          controller.abort();
        });
      },
    });
    expect((await failureOf(tunnel.open(controller.signal))).kind).toBe('Cancelled');
    tunnel.close();
    expect(asked).toMatchObject({ aborted: true });
  });

  it('may be thought about for longer than connecting may take', async () => {
    const connectTimeoutMs = 1_000;
    const tunnel = bench.tunnel({
      knownHosts: new MemoryKnownHosts(),
      timing: { connectTimeoutMs },
      ask: async () => {
        const askedAt = performance.now();
        await expect.poll(() => performance.now() - askedAt).toBeGreaterThan(connectTimeoutMs);
        return true;
      },
    });
    expect((await tunnel.open()).durationMs).toBeLessThan(connectTimeoutMs);
  });
});

describe('a known host', () => {
  it('is trusted by any of its keys: the one that is known is asked for first', async () => {
    const knownHosts = new MemoryKnownHosts(`${nameOfHost()} ${rsa}\n`);
    const facts = await bench.tunnel({ knownHosts }).open();
    expect(facts.description).toContain(`RSA ${fingerprint(rsa)}`);
  });

  it('with another key is refused, with both fingerprints and how to remove the old one', async () => {
    const old = makeKeyPair('ed25519').public;
    const knownHosts = new MemoryKnownHosts(`# a comment\n${nameOfHost()} ${old}\n`);
    const { data } = await failureOf(bench.tunnel({ knownHosts }).open());
    expect(data.kind).toBe('HostKeyRefused');
    expect(data.detail).toBe(
      [
        `Known: ED25519 ${fingerprint(old)} (/known_hosts, line 2)`,
        `Offered: ED25519 ${fingerprint(ed25519)}`,
      ].join('\n'),
    );
    expect(data.advice).toContain(`ssh-keygen -R "${nameOfHost()}" -f "/known_hosts"`);
    expect(knownHosts.added).toEqual([]);
  });

  it('whose key was revoked is refused, although the key is known too', async () => {
    const text = `${knownTo(bench.server)}@revoked * ${ed25519}\n`;
    const { data } = await failureOf(
      bench.tunnel({ knownHosts: new MemoryKnownHosts(text) }).open(),
    );
    expect(data.kind).toBe('HostKeyRefused');
    expect(data.message).toContain('revoked');
    expect(data.detail).toContain('line 3');
  });
});
