import { randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { profileDraftSchema, type ConnectionProfile } from '@shared/models/connection-profile';
import type {
  ImportCandidate,
  ImportChoice,
  ImportPreview,
  ImportSource,
  ImportSummary,
} from '@shared/models/profile-transfer';
import { DatabaseError } from '../../../db/errors/database-error';
import { systemCodeOf } from '../../../db/errors/system-code';
import type { Environment } from '../environment-parameters';
import { passwordFilePath, readProtectedFile } from '../pgpass';
import type { ProfileService } from '../profile-service';
import { exportFile, readExportFile } from './export-file';
import type { FoundConnection } from './found-connection';
import { readPasswordEntries } from './password-file-entries';
import { readServiceFile, serviceFilePath } from './service-file';

/** No list of connections is larger; whatever is, is another kind of file. Bytes. */
const largestFile = 4 * 1024 * 1024;

export interface TransferServiceOptions {
  readonly profiles: Pick<ProfileService, 'list' | 'save'>;
  readonly environment: Environment;
  readonly platform: NodeJS.Platform;
  /** The user's home folder. */
  readonly home: string;
  readonly systemUser: string;
  /** Replaces a file as a whole. Raises StorageFailed. */
  readonly writeFile: (path: string, text: string) => Promise<void>;
}

interface PendingImport {
  readonly id: string;
  readonly found: readonly FoundConnection[];
  /** Those that are saved already, so that trying again after a failure adds nothing twice. */
  readonly done: Set<number>;
}

/** Brings connections in from files, and writes them to one. Passwords that files hold stay here. */
export class TransferService {
  readonly #options: TransferServiceOptions;
  /** The import that was read last: a dialog shows one at a time. */
  #pending: PendingImport | null = null;

  constructor(options: TransferServiceOptions) {
    this.#options = options;
  }

  /**
   * Reads what can be imported. `path` is the chosen file of an import from `file`; the others have
   * their places. Raises NotFound when there is no file, StorageFailed, InvalidInput.
   */
  async read(source: ImportSource, path?: string): Promise<ImportPreview> {
    const from = path ?? this.#pathOf(source);
    const found = this.#parse(source, await this.#text(source, from));
    const pending: PendingImport = { id: randomUUID(), found, done: new Set() };
    this.#pending = pending;
    const profiles = await this.#options.profiles.list();
    const candidates = found.map((connection, index) => candidate(connection, index, profiles));
    return { importId: pending.id, source, path: from, candidates };
  }

  /** Saves what was chosen, in order. Raises NotFound for an import that is over, and as `save`. */
  async import(importId: string, choices: readonly ImportChoice[]): Promise<ImportSummary> {
    const pending = this.#pending;
    if (pending?.id !== importId) {
      throw new DatabaseError({
        kind: 'NotFound',
        message: 'This import is over.',
        advice: 'Read the file again.',
      });
    }
    const summary = { added: 0, replaced: 0 };
    for (const { index, action } of choices) {
      const connection = pending.found[index];
      if (connection === undefined || 'problem' in connection || pending.done.has(index)) continue;
      const { draft, given, password } = connection;
      const existing = action === 'replace' ? await this.#existing(draft) : undefined;
      await this.#options.profiles.save({
        id: existing?.id ?? null,
        // What the file says nothing of stays as it is.
        draft: existing === undefined ? draft : profileDraftSchema.parse({ ...existing, ...given }),
        ...(password !== null && { password }),
      });
      pending.done.add(index);
      if (existing === undefined) summary.added += 1;
      else summary.replaced += 1;
    }
    this.#pending = null;
    return summary;
  }

  /** Writes connections without secrets to a file. Raises StorageFailed; NotFound when all are gone. */
  async export(ids: readonly string[], path: string): Promise<number> {
    const profiles = await this.#options.profiles.list();
    const chosen = profiles.filter(({ id }) => ids.includes(id));
    if (chosen.length === 0) {
      throw new DatabaseError({
        kind: 'NotFound',
        message: 'These connections no longer exist.',
        advice: 'Choose others from the list.',
      });
    }
    await this.#options.writeFile(path, exportFile(chosen));
    return chosen.length;
  }

  async #existing(address: Address): Promise<ConnectionProfile | undefined> {
    return sameAddress(await this.#options.profiles.list(), address);
  }

  #pathOf(source: ImportSource): string {
    const { environment, platform, home } = this.#options;
    if (source === 'service') return serviceFilePath(environment, platform, home);
    if (source === 'pgpass') return passwordFilePath(environment, platform, home);
    throw new DatabaseError({ kind: 'InvalidRequest', message: 'No file was chosen.' });
  }

  async #text(source: ImportSource, path: string): Promise<string> {
    const text =
      source === 'pgpass'
        ? await readProtectedFile(path, this.#options.platform)
        : await readTextFile(path);
    if (text !== null) return text;
    throw new DatabaseError({
      kind: 'NotFound',
      message: `There is no file ${path}.`,
      advice: missingAdvice[source],
    });
  }

  #parse(source: ImportSource, text: string): readonly FoundConnection[] {
    if (source === 'service') return readServiceFile(text, this.#options.systemUser);
    if (source === 'pgpass') return readPasswordEntries(text, this.#options.systemUser);
    return readExportFile(text);
  }
}

const missingAdvice: Readonly<Record<ImportSource, string>> = {
  service:
    'Set PGSERVICEFILE to the place of the connection service file, and start Postern again.',
  pgpass: 'Set PGPASSFILE to the place of the password file, and start Postern again.',
  file: 'Choose another file.',
};

type Address = Pick<ConnectionProfile, 'host' | 'port' | 'database' | 'user' | 'ssh'>;

function sameAddress(
  profiles: readonly ConnectionProfile[],
  { host, port, database, user, ssh }: Address,
): ConnectionProfile | undefined {
  return profiles.find(
    (profile) =>
      profile.host.toLowerCase() === host.toLowerCase() &&
      profile.port === port &&
      profile.database === database &&
      profile.user === user &&
      // The same address is another server where it is seen from another SSH host.
      profile.ssh?.host.toLowerCase() === ssh?.host.toLowerCase() &&
      profile.ssh?.port === ssh?.port,
  );
}

function candidate(
  connection: FoundConnection,
  index: number,
  profiles: readonly ConnectionProfile[],
): ImportCandidate {
  const { label } = connection;
  if ('problem' in connection)
    return { index, label, state: 'invalid', problem: connection.problem };
  const { draft, password, notes } = connection;
  const { name, host, port, database, user, folder, ssh } = draft;
  const existing = sameAddress(profiles, draft);
  return {
    index,
    label,
    state: 'usable',
    address: {
      name,
      host,
      port,
      database,
      user,
      ...(folder !== undefined && { folder }),
      ...(ssh !== undefined && { ssh: { host: ssh.host } }),
    },
    hasPassword: password !== null,
    notes: [...notes],
    existing: existing === undefined ? null : { id: existing.id, name: existing.name },
  };
}

async function readTextFile(path: string): Promise<string | null> {
  try {
    const { size } = await stat(path);
    if (size > largestFile) {
      throw new DatabaseError({
        kind: 'InvalidInput',
        message: `The file ${path} is too large to be a list of connections.`,
        advice: 'Choose another file.',
      });
    }
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof DatabaseError) throw error;
    const code = systemCodeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new DatabaseError(
      {
        kind: 'StorageFailed',
        message: `The file ${path} could not be read (${code ?? 'unknown reason'}).`,
        advice: 'Check that it is a file that you may read.',
      },
      { cause: error },
    );
  }
}
