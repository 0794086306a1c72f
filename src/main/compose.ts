import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { defaultSettings, type Settings } from '@shared/models/settings';
import type { DatabaseErrorData } from '@shared/models/database-error';
import { readConfig } from './config';
import type { EventEmitter } from './ipc/emit';
import type { Log } from './log';
import { CatalogService } from './services/catalog-service';
import type { ResolvedPoolLimits } from './db/session/connection-settings';
import { ConnectionOpener } from './services/connections/connection-opener';
import { ConnectionRegistry } from './services/connections/connection-registry';
import { DatabaseService } from './services/db-service';
import { ExportService } from './services/export/export-service';
import { HealthService } from './services/health-service';
import { QueryHistory } from './services/history/query-history';
import {
  emptyProfileDocument,
  profileDocumentSchema,
  ProfileService,
} from './services/profiles/profile-service';
import { ScriptFiles } from './services/files/script-files';
import { TransferService } from './services/profiles/transfer/transfer-service';
import { Examiner } from './services/query/examination/examiner';
import { RowTotals } from './services/query/results/row-totals';
import { TableDataService } from './services/table-data/table-data-service';
import { SampleServer } from './services/sample/sample-server';
import { ResultStore } from './services/query/results/result-store';
import { SearchService } from './services/search/search-service';
import type { SecretStore } from './services/secrets';
import { takeSteps } from './shut-down';
import { AtomicFile } from './storage/atomic-file';
import { ElectronSettingsFile } from './storage/electron-settings-file';
import { EncryptedStore } from './storage/encrypted-store';
import { HistoryFile } from './storage/history-file';
import { Keychain } from './storage/keychain';
import { KnownHostsStore, openSshKnownHosts } from './storage/known-hosts-store';
import { OutputFile } from './storage/output-file';
import { ScriptPathStore } from './storage/script-path-store';
import { SavedQueryStore } from './storage/saved-query-store';
import { SettingsStore } from './storage/settings-store';
import { UnfinishedFiles } from './storage/unfinished-files';
import { WorkspaceStore } from './storage/workspace-store';

/** How long quitting waits for a keychain whose prompt nobody answers. Milliseconds. */
const keychainPatienceMs = 2_000;

const windowFailure: DatabaseErrorData = {
  kind: 'Internal',
  message: 'The window failed and was loaded again.',
  advice:
    'The texts of the tabs are back. What ran was cancelled, and open transactions were rolled back. Please report it with the file main.log of the log folder.',
};

/** All services, built once. */
export interface Services {
  readonly registry: ConnectionRegistry;
  readonly opener: ConnectionOpener;
  readonly database: DatabaseService;
  readonly tables: TableDataService;
  readonly totals: RowTotals;
  readonly catalog: CatalogService;
  readonly search: SearchService;
  readonly exports: ExportService;
  readonly health: HealthService;
  readonly profiles: ProfileService;
  readonly transfer: TransferService;
  readonly settings: SettingsStore;
  readonly results: ResultStore;
  readonly history: QueryHistory;
  readonly workspaces: WorkspaceStore;
  readonly savedQueries: SavedQueryStore;
  readonly scripts: ScriptFiles;
  readonly secrets: SecretStore;
  /** What a person should know of files that could not be read at start. */
  readonly notices: readonly DatabaseErrorData[];
  readonly poolDefaults: ResolvedPoolLimits;
  readonly events: EventEmitter;
  /**
   * The page is gone, and with it what it knew of the tabs: what they hold on the servers is ended,
   * so that no transaction stays open unseen, and the next page tells a person. Never raises.
   */
  windowFailed(reason: string): Promise<void>;
  /**
   * The window was closed, which on macOS does not end the app: what its tabs held on the servers is
   * ended, as the person was told. Never raises.
   */
  windowClosed(): Promise<void>;
  /** Cancels and closes everything; the sample server has ended when it resolves. Never raises. */
  shutDown(): Promise<void>;
}

export interface Surroundings {
  /** The folder of the app's own files. */
  readonly userData: string;
  readonly settings: OpenedSettings;
  readonly environment: NodeJS.ProcessEnv;
  /** The built program of the thread that looks at long texts. */
  readonly examinationThread: string;
  readonly log: Log;
  readonly events: EventEmitter;
}

/** The settings, which the window's first look depends on. */
export interface OpenedSettings {
  readonly store: SettingsStore;
  /** As they are at start; the defaults where they cannot be read. */
  readonly atStart: Settings;
  /** What a person should know where the file could not be read. */
  readonly damage: readonly DatabaseErrorData[];
}

/** Opens the settings in a folder. Never raises. */
export async function openSettings(folder: string, log: Log): Promise<OpenedSettings> {
  const damage: DatabaseErrorData[] = [];
  const store = new SettingsStore(
    new ElectronSettingsFile(folder, (found) => void damage.push(found)),
  );
  const atStart = await store.get().catch((error: unknown) => {
    log.error('Reading the settings', error);
    return defaultSettings;
  });
  return { store, atStart, damage };
}

/** Builds every other service by its constructor: the one place that knows them all. */
export async function composeServices({
  userData,
  settings,
  environment,
  examinationThread,
  log,
  events,
}: Surroundings): Promise<Services> {
  const { poolDefaults } = readConfig(environment);
  const notices = [...settings.damage];
  const onDamage = (damage: DatabaseErrorData): void => {
    notices.push(damage);
  };
  const secrets = new Keychain();
  // Every file of results belongs to this process: no second one has the same user data.
  const results = new ResultStore({ folder: join(userData, 'temp', 'results') });
  await results.clear().catch((error: unknown) => log.error('Deleting old result files', error));
  await results.share(settings.atStart.resultMemoryMb);
  const unfinished = new UnfinishedFiles(join(userData, 'temp', 'exports'));
  // Not waited for: the folder of such a file may be one that does not answer any more.
  unfinished
    .removeLeftovers()
    .catch((error: unknown) => log.error('Deleting unfinished exports', error));
  const scripts = new ScriptFiles({
    paths: new ScriptPathStore(new AtomicFile(join(userData, 'script-files.json')), onDamage),
    writeFile: (path, bytes, mode) => new AtomicFile(path, mode).write(bytes),
  });
  const workspaces = new WorkspaceStore({ folder: join(userData, 'workspaces'), onDamage });
  const savedQueries = new SavedQueryStore({ folder: join(userData, 'saved-queries'), onDamage });
  const profiles = new ProfileService({
    secrets,
    onSaved: (profile) => registry.relabel(profile),
    store: new EncryptedStore({
      file: new AtomicFile(join(userData, 'profiles')),
      secrets,
      keyAccount: 'profile-store-key',
      schema: profileDocumentSchema,
      version: emptyProfileDocument.version,
      empty: emptyProfileDocument,
      contents: 'saved connections',
    }),
  });

  const health = new HealthService();
  health.on('changed', (state) => events.send('connection:health', state));
  health.on('failed', (state) => events.send('connection:health', state));
  health.on('pool', (connectionId, pool) => events.send('connection:pool', { connectionId, pool }));
  const registry = new ConnectionRegistry({
    health,
    results,
    onChange: (connections) => events.send('connection:changed', { connections }),
    onTabLost: (connectionId, tabId) => events.send('query:session-lost', { connectionId, tabId }),
  });
  const historyFile = new HistoryFile({
    file: new AtomicFile(join(userData, 'history.jsonl')),
    onDamage,
  });
  const history = new QueryHistory({
    log: historyFile,
    onFailure: (error) => log.error('Writing the query history', error),
  });
  const examiner = new Examiner({ threadFile: examinationThread });
  const database = new DatabaseService(registry, history, examiner);
  const tables = new TableDataService(registry);
  const exports = new ExportService({
    connections: registry,
    results: database,
    selections: tables,
    createFile: (path) => OutputFile.create(path, unfinished),
    onProgress: (progress) => events.send('export:progress', progress),
  });
  const sample = new SampleServer({
    dataDirectory: join(userData, 'sample'),
    secrets,
    log: (message) => log.info(message),
  });
  const opener = new ConnectionOpener({
    registry,
    database,
    profiles,
    sample,
    knownHosts: new KnownHostsStore({
      file: new AtomicFile(join(userData, 'known_hosts')),
      others: openSshKnownHosts(homedir(), process.platform),
    }),
    defaults: { applicationName: 'Postern', limits: poolDefaults },
    environment,
    onMinorFailure: (error) => log.error('A minor failure while connecting', error),
    onSampleProgress: (progress) => events.send('sample:progress', progress),
  });
  const transfer = new TransferService({
    profiles,
    environment,
    platform: process.platform,
    home: homedir(),
    systemUser: userInfo().username,
    writeFile: (path, text) => new AtomicFile(path).write(text),
  });
  process.once('exit', () => sample.stopSync());
  const endTabs = async (): Promise<void> => {
    await Promise.all(registry.all().map((connection) => connection.closeTabs()));
  };

  return {
    registry,
    opener,
    database,
    tables,
    totals: new RowTotals(registry, examiner),
    catalog: new CatalogService(registry),
    search: new SearchService(registry),
    exports,
    health,
    profiles,
    transfer,
    settings: settings.store,
    results,
    history,
    workspaces,
    savedQueries,
    scripts,
    secrets,
    notices,
    poolDefaults,
    events,
    async windowFailed(reason) {
      log.error(`The process of the window has ended: ${reason}`);
      notices.push(windowFailure);
      await endTabs();
    },
    windowClosed: endTabs,
    async shutDown() {
      const end = (): Promise<unknown> => Promise.all([exports.cancelAll(), opener.close()]);
      const clear = (): Promise<unknown> => Promise.all([examiner.close(), results.clear()]);
      const save = (): Promise<unknown> =>
        Promise.all([profiles, workspaces, historyFile, savedQueries].map((store) => store.idle()));
      const haveAllEnded = await takeSteps(
        [
          { name: 'Ending exports and attempts to connect', limitMs: 5_000, run: end },
          // A statement that does not stop has its session ended, which takes some seconds.
          { name: 'Closing the connections', limitMs: 10_000, run: () => registry.closeAll() },
          { name: 'Deleting the result files', limitMs: 5_000, run: clear },
          { name: 'Stopping the sample server', limitMs: 10_000, run: () => sample.stop() },
          { name: 'Saving', limitMs: 5_000, run: save },
        ],
        log,
      );
      await secrets.idle(keychainPatienceMs);
      if (haveAllEnded && !secrets.isBusy) return;
      // What hangs in a native call, as a prompt of the keychain that nobody answers, would hold the
      // process, and abort it afterwards.
      sample.stopSync();
      process.kill(process.pid, 'SIGKILL');
    },
  };
}
