import { spawn, execFileSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { findProgram } from '../programs';
import { freePort } from '../server';

export type KeyType = 'ed25519' | 'rsa' | 'ecdsa';

/** A key pair in the forms that OpenSSH writes. */
export interface KeyPair {
  readonly private: string;
  readonly public: string;
}

/** Makes a key pair; with a passphrase its private half is encrypted. */
export function makeKeyPair(type: KeyType, passphrase?: string): KeyPair {
  const encryption =
    passphrase === undefined ? undefined : { passphrase, cipher: 'aes256-ctr', rounds: 4 };
  switch (type) {
    case 'ed25519': {
      const pair = ssh2.utils.generateKeyPairSync('ed25519', encryption ?? {});
      // One of 256 is malformed: ssh2 leaves out a zero at the beginning of the public key.
      const isSound = !(ssh2.utils.parseKey(pair.private, passphrase) instanceof Error);
      return isSound ? pair : makeKeyPair(type, passphrase);
    }
    case 'rsa':
      return ssh2.utils.generateKeyPairSync('rsa', { bits: 2048, ...encryption });
    case 'ecdsa':
      return ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256, ...encryption });
  }
}

/** A real sshd of one test file. */
export interface SshServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** The public halves of its host keys, as lines of OpenSSH. */
  readonly hostKeys: readonly string[];
  /** A file that no other user of this computer can read. */
  file(name: string, text: string): string;
  /** The file that says which keys may log in. */
  authorize(...publicKeys: readonly string[]): void;
  /** What it logged so far. */
  log(): string;
  stop(): Promise<void>;
}

export interface SshServerOptions {
  readonly hostKeys?: readonly KeyPair[];
  /** Added in front of its configuration, where the first value counts (sshd_config(5)). */
  readonly settings?: readonly string[];
  readonly port?: number;
}

/**
 * Starts sshd on a loopback port with keys and settings of its own. Run by root it would want an
 * account and a folder that only its installation makes: it is started as the account that the
 * PostgreSQL server of the tests has, and then lets only this one in. That is enough for tunnels.
 */
export async function startSshServer(options: SshServerOptions = {}): Promise<SshServer> {
  const hostKeys = options.hostKeys ?? [makeKeyPair('ed25519')];
  const account = accountOfServer();
  const folder = mkdtempSync(join(tmpdir(), 'postern-sshd-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const own = (path: string): void => {
    if (account.ids !== null) chownSync(path, account.ids.uid, account.ids.gid);
  };
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    own(path);
    return path;
  };
  chmodSync(folder, 0o755);
  own(folder);
  const port = options.port ?? (await freePort());
  const authorizedKeys = write('authorized_keys', '');
  const configuration = write(
    'sshd_config',
    [
      ...(options.settings ?? []),
      `ListenAddress 127.0.0.1:${port}`,
      ...hostKeys.map((key, index) => `HostKey ${write(`host_key_${index}`, key.private)}`),
      `AuthorizedKeysFile ${authorizedKeys}`,
      `PidFile ${join(folder, 'sshd.pid')}`,
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'LogLevel VERBOSE',
    ].join('\n'),
  );
  const logged: string[] = [];
  const child = spawn(findProgram('sshd'), ['-D', '-e', '-f', configuration], {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...account.ids,
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => logged.push(text));
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  await listening(child, logged);
  return {
    host: '127.0.0.1',
    port,
    user: account.name,
    hostKeys: hostKeys.map((key) => key.public),
    // Whoever runs the tests reads these: they stay theirs.
    file(name, text) {
      const path = join(folder, name);
      writeFileSync(path, text, { mode: 0o600 });
      return path;
    },
    authorize: (...keys) => writeFileSync(authorizedKeys, `${keys.join('\n')}\n`),
    log: () => logged.join(''),
    async stop() {
      process.off('exit', kill);
      process.off('exit', remove);
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        child.kill();
        await ended;
      }
      remove();
    },
  };
}

interface Account {
  readonly name: string;
  /** Null where it is the account that the tests run under. */
  readonly ids: { readonly uid: number; readonly gid: number } | null;
}

function accountOfServer(): Account {
  const { uid, username } = userInfo();
  if (uid !== 0) return { name: username, ids: null };
  const id = (option: string): number =>
    Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
  return { name: 'postgres', ids: { uid: id('-u'), gid: id('-g') } };
}

async function listening(child: ChildProcess, logged: readonly string[]): Promise<void> {
  const stopped = once(child, 'exit').then(() => {
    throw new Error(`sshd did not start.\n${logged.join('')}`);
  });
  stopped.catch(() => undefined);
  while (!logged.join('').includes('Server listening')) {
    await Promise.race([once(child.stderr ?? child, 'data'), stopped]);
  }
}
