import { randomUUID } from 'node:crypto';
import { homedir, userInfo } from 'node:os';
import type { ConnectionSource, ProfileSave } from '@shared/ipc/contract';
import type {
  Connection,
  ConnectionTest,
  EnvironmentConnection,
  ProfileDraft,
} from '@shared/models/connection-profile';
import type { SampleProgress } from '@shared/models/sample';
import type { ConnectionSettings } from '../../db/session/connection-settings';
import { cancelledError } from '../../db/errors/database-error';
import type { KnownHosts } from '../../db/ssh/ssh-settings';
import { SshTunnel } from '../../db/ssh/ssh-tunnel';
import { loadParser } from '../../sql/parser';
import type { Tunnel } from '../../db/session/tunnel';
import { environmentConnections, environmentSettings } from '../profiles/environment-connections';
import type { DatabaseService } from '../db-service';
import type { ProfileService } from '../profiles/profile-service';
import {
  passwordOf,
  toConnectionSettings,
  type ConnectionDefaults,
} from '../profiles/profile-settings';
import { sshAuthenticationOf } from '../profiles/profile-tunnel';
import { validateDraft } from '../profiles/profile-validation';
import type { SampleServer } from '../sample/sample-server';
import type { ConnectionRegistry } from './connection-registry';
import type { ConfirmHostKey } from './host-key-consent';

/** Milliseconds that "Test connection" waits for all steps up to the login. */
const testTimeoutMs = 15_000;

export interface ConnectionOpenerOptions {
  readonly registry: ConnectionRegistry;
  readonly database: DatabaseService;
  readonly profiles: ProfileService;
  readonly sample: SampleServer;
  readonly knownHosts: KnownHosts;
  readonly defaults: ConnectionDefaults;
  readonly environment: NodeJS.ProcessEnv;
  readonly onSampleProgress: (progress: SampleProgress) => void;
  /** Told of a failure that costs the person nothing. */
  readonly onMinorFailure: (error: unknown) => void;
}

interface Attempt {
  readonly controller: AbortController;
  readonly running: Promise<unknown>;
}

/** What was typed for one try, and where to ask in it. */
interface Typed {
  readonly password: string | null;
  readonly sshSecret: string | null;
  readonly confirmHostKey: ConfirmHostKey;
}

/** Where nobody can be asked, a host that is not known is not trusted. */
const trustNobody: ConfirmHostKey = () => Promise.resolve(false);

/** Turns what a person chose (a profile, the environment, the sample) into an open connection. */
export class ConnectionOpener {
  readonly #options: ConnectionOpenerOptions;
  /** What is being opened or tested, by the id that the caller gave to its try. */
  readonly #underWay = new Map<string, Attempt>();
  #isClosed = false;

  constructor(options: ConnectionOpenerOptions) {
    this.#options = options;
  }

  /**
   * Raises DatabaseError: what connecting raises, NotFound for a profile that is gone,
   * SampleServerFailed, Cancelled by `cancel` with the same id and by `close`. `confirmHostKey` is asked
   * about an SSH host that is not known.
   */
  open(
    source: ConnectionSource,
    openId: string = randomUUID(),
    confirmHostKey: ConfirmHostKey = trustNobody,
  ): Promise<Connection> {
    return this.#attempt(openId, async (signal) => {
      // What statements do is judged by it; it has been there since the start, or nearly.
      await loadParser();
      return this.#open(source, signal, confirmHostKey);
    });
  }

  /** Stops a try to open, or a test. One that is unknown, or over, is no error. */
  cancel(id: string): void {
    this.#underWay.get(id)?.controller.abort();
  }

  /** Stops every try to open and every test, and begins no other. Resolves once all have ended. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const attempts = [...this.#underWay.values()];
    for (const { controller } of attempts) controller.abort();
    await Promise.allSettled(attempts.map(({ running }) => running));
  }

  async #attempt<T>(id: string, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw cancelledError();
    const controller = new AbortController();
    const running = task(controller.signal);
    this.#underWay.set(id, { controller, running });
    try {
      return await running;
    } finally {
      this.#underWay.delete(id);
    }
  }

  #open(
    source: ConnectionSource,
    signal: AbortSignal,
    confirmHostKey: ConfirmHostKey,
  ): Promise<Connection> {
    switch (source.kind) {
      case 'profile': {
        const { id, password = null, sshSecret = null } = source;
        return this.#openProfile(id, { password, sshSecret, confirmHostKey }, signal);
      }
      case 'environment':
        return this.#openEnvironment(source.source, signal);
      case 'sample':
        return this.#openSample({ reset: source.reset ?? false }, signal);
    }
  }

  listEnvironment(): EnvironmentConnection[] {
    return environmentConnections(this.#options.environment, userInfo().username);
  }

  /**
   * Tries a profile as it stands in the form. A secret left as it is comes from the keychain. Raises
   * InvalidInput for what cannot be tried, and Cancelled by `cancel` with the same id and by `close`.
   */
  async test(
    { id, draft, password = null, sshSecret = null }: ProfileSave,
    testId: string = randomUUID(),
    confirmHostKey: ConfirmHostKey = trustNobody,
  ): Promise<ConnectionTest> {
    const typed = { password, sshSecret, confirmHostKey };
    const settings = this.#settingsOf(validateDraft(draft), id, typed);
    return this.#attempt(testId, async (signal) => {
      const options = { timeoutMs: testTimeoutMs, signal };
      const result = await this.#options.database.testConnection(settings, options);
      // Its steps tell of the cancel as of a failure of the connection.
      if (signal.aborted) throw cancelledError();
      return result;
    });
  }

  async #openProfile(id: string, typed: Typed, signal: AbortSignal): Promise<Connection> {
    const { registry, profiles } = this.#options;
    const profile = await profiles.get(id);
    const { name, color, environment, confirmEverything } = profile;
    const label = {
      profileId: id,
      origin: 'profile',
      name,
      color,
      environment,
      ...(confirmEverything !== undefined && { confirmEverything }),
    } as const;
    const settings = this.#settingsOf(profile, id, typed);
    const connection = await registry.open(settings, label, signal);
    // The connection is open: that its date could not be saved must not close it again.
    await profiles.touch(id).catch(this.#options.onMinorFailure);
    return connection;
  }

  async #openEnvironment(
    source: EnvironmentConnection['source'],
    signal: AbortSignal,
  ): Promise<Connection> {
    const { draft, password } = environmentSettings(
      this.#options.environment,
      source,
      userInfo().username,
    );
    const { name, color, environment } = draft;
    const label = { profileId: null, origin: 'environment', name, color, environment } as const;
    const typed = { password, sshSecret: null, confirmHostKey: trustNobody };
    return this.#options.registry.open(this.#settingsOf(draft, null, typed), label, signal);
  }

  async #openSample({ reset }: { reset: boolean }, signal: AbortSignal): Promise<Connection> {
    const { registry, sample, defaults, onSampleProgress } = this.#options;
    const open = registry.list().find((connection) => connection.origin === 'sample');
    if (open !== undefined) return open;
    const address = await sample.start(onSampleProgress, signal, { reset });
    const settings: ConnectionSettings = {
      ...address,
      ssl: { mode: 'disable' },
      applicationName: defaults.applicationName,
      readOnly: false,
      statementTimeoutMs: 0,
      limits: defaults.limits,
    };
    const label = {
      profileId: null,
      origin: 'sample',
      name: 'Sample bookshop',
      color: 'teal',
      environment: 'local',
    } as const;
    return registry.open(settings, label, signal);
  }

  #settingsOf(draft: ProfileDraft, id: string | null, typed: Typed): ConnectionSettings {
    const { profiles, defaults, environment } = this.#options;
    const password = passwordOf(draft, {
      stored: () => (id === null ? Promise.resolve(null) : profiles.passwordFor(id)),
      typed: typed.password,
      environment,
      platform: process.platform,
      home: homedir(),
    });
    const settings = toConnectionSettings(draft, password, defaults);
    const tunnel = this.#tunnelOf(draft, id, typed);
    return tunnel === null ? settings : { ...settings, tunnel };
  }

  #tunnelOf(
    { ssh, name, environment: label }: ProfileDraft,
    id: string | null,
    { sshSecret, confirmHostKey }: Typed,
  ): Tunnel | null {
    if (ssh === undefined) return null;
    const { profiles, environment, knownHosts } = this.#options;
    const { host, port, user } = ssh;
    const authentication = sshAuthenticationOf(ssh, {
      stored: () => (id === null ? Promise.resolve(null) : profiles.sshSecretFor(id)),
      typed: sshSecret,
      environment,
      platform: process.platform,
      home: homedir(),
    });
    return new SshTunnel({
      settings: { host, port, user, authentication, knownHosts },
      askAboutHostKey: (question, signal) =>
        confirmHostKey({ ...question, name, environment: label }, signal),
    });
  }
}
