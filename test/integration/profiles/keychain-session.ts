import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a program finds where a keychain should be. */
export type KeychainState =
  /** A Secret Service with an unlocked keyring. */
  | 'unlocked'
  /** The keyring of an earlier session, locked, and nobody to ask for its password. */
  | 'locked'
  /** A session bus on which no Secret Service can be started. */
  | 'no service'
  /** A Secret Service that accepts calls and never answers. */
  | 'silent'
  /** No session bus at all. */
  | 'no bus';

/** A home folder of its own with the desktop services that a state of the keychain takes. Linux only. */
export class KeychainSession {
  readonly home: string;

  private constructor(home: string) {
    this.home = home;
  }

  static async create(): Promise<KeychainSession> {
    const home = await mkdtemp(join(tmpdir(), 'postern-keychain-'));
    // 0700 is what the XDG specification demands of a runtime folder.
    await mkdir(join(home, 'run'), { mode: 0o700 });
    return new KeychainSession(home);
  }

  /** Runs a program in it and returns what it writes to standard output. */
  async node(state: KeychainState, program: string, args: readonly string[]): Promise<string> {
    const [command, ...rest] = [
      ...(await this.#wrapper(state)),
      process.execPath,
      program,
      ...args,
    ];
    try {
      const options = { env: this.#environment(), timeout: 20_000 };
      return (await run(command ?? '', rest, options)).stdout;
    } catch (error) {
      // The program kills itself where the keychain would keep it from ending.
      if (state === 'silent' && error instanceof Error && 'stdout' in error) {
        return String(error.stdout);
      }
      throw error;
    }
  }

  async remove(): Promise<void> {
    await rm(this.home, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }

  async #wrapper(state: KeychainState): Promise<string[]> {
    const inSession = ['dbus-run-session', '--'];
    switch (state) {
      case 'unlocked':
        return [...inSession, 'sh', '-c', unlock, 'sh'];
      case 'locked':
        return [
          ...inSession,
          'sh',
          '-c',
          'gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1; "$@"',
          'sh',
        ];
      case 'no service':
        return ['dbus-run-session', '--config-file', await this.#busConfiguration(''), '--'];
      case 'silent': {
        const services = join(this.home, 'services');
        await mkdir(services, { recursive: true });
        // Started for the name, it never takes it: the bus keeps every caller waiting.
        await writeFile(
          join(services, 'org.freedesktop.secrets.service'),
          '[D-BUS Service]\nName=org.freedesktop.secrets\nExec=/bin/sh -c "exec sleep 10 >/dev/null 2>&1"\n',
        );
        const configuration = await this.#busConfiguration(`<servicedir>${services}</servicedir>`);
        return ['dbus-run-session', '--config-file', configuration, '--'];
      }
      case 'no bus':
        return [];
      default:
        throw new Error(`Unknown state ${String(state)}.`);
    }
  }

  async #busConfiguration(services: string): Promise<string> {
    const path = join(this.home, 'bus.conf');
    await writeFile(
      path,
      `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=${join(this.home, 'run')}</listen>${services}
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`,
    );
    return path;
  }

  #environment(): NodeJS.ProcessEnv {
    const dropped = /^(XDG_.*|DBUS_.*|GNOME_KEYRING_.*|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY)$/;
    const kept = Object.entries(process.env).filter(([name]) => !dropped.test(name));
    return {
      ...Object.fromEntries(kept),
      HOME: this.home,
      XDG_RUNTIME_DIR: join(this.home, 'run'),
      LC_ALL: 'C.UTF-8',
    };
  }
}

/** An empty password would not do: the login collection is then never made. */
const unlock =
  'printf "tests\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 && "$@"';
