import { app } from 'electron';
import type { AppInfo } from '@shared/models/app-info';
import type { Services } from '../compose';
import { askToEndIn } from '../dialogs/ask-to-end';
import { confirmHostKeyIn } from '../dialogs/confirm-host-key';
import { confirmIn } from '../dialogs/confirm-statements';
import { packRun } from '@shared/models/packed-run';
import type { RunProgress } from '../services/query/run/run-request';
import { seldom } from '../services/query/run/seldom';
import { leave } from '../window/leave';
import type { Handlers } from './answer';
import { createCatalogHandlers } from './catalog-handlers';
import { createExportHandlers } from './export-handlers';
import { createFileHandlers } from './file-handlers';
import { createHistoryHandlers } from './history-handlers';
import { createProfileHandlers } from './profile-handlers';
import { createResultHandlers } from './result-handlers';
import { createSavedQueryHandlers } from './saved-query-handlers';
import { createSearchHandlers } from './search-handlers';
import { createSettingsHandlers } from './settings-handlers';
import { createTableHandlers } from './table-handlers';
import { createTotalHandlers } from './total-handlers';

/** Which service answers which channel; no logic of its own. */
export function createHandlers(services: Services): Handlers {
  const { registry, opener, database, health, workspaces, events } = services;
  return {
    'app:get-info': () => describeApp(services),
    'app:leave': async (_request, { webContentsId }) => leave(webContentsId),
    ...createSettingsHandlers(services),

    ...createProfileHandlers(services),

    'connection:open': ({ source, openId }, { webContentsId }) =>
      opener.open(source, openId, confirmHostKeyIn(webContentsId)),
    'connection:cancel-open': async ({ openId }) => opener.cancel(openId),
    'connection:close': ({ connectionId }) => registry.close(connectionId),
    'connection:list': async () => registry.list(),
    'connection:check-health': ({ connectionId }) => health.checkDbHealth(connectionId),
    'connection:renew-secret': async ({ connectionId, name, secret }) => {
      registry.renewSecret(connectionId, name, secret);
      return await health.checkDbHealth(connectionId);
    },
    'connection:get-pool-stats': async ({ connectionId }) => health.getPoolStats(connectionId),

    ...createCatalogHandlers(services),

    'query:run': async ({ connectionId, ...request }, { webContentsId }) => {
      const { executionId } = request;
      const progress = seldom<RunProgress>((done) =>
        events.send('query:progress', { executionId, ...done }),
      );
      try {
        const run = await database.executeQuery(connectionId, request, {
          confirm: confirmIn(webContentsId),
          onQuestion: (isOpen) => events.send('query:question', { executionId, isOpen }),
          onProgress: progress.report,
        });
        return packRun(run);
      } finally {
        progress.stop();
      }
    },
    'query:list-parameters': ({ connectionId, ...request }) =>
      database.listParameters(connectionId, request),
    'query:refuse-values': ({ connectionId, ...request }) =>
      database.refusedValues(connectionId, request),
    ...createResultHandlers(services),
    ...createTotalHandlers(services.totals),
    'query:cancel': ({ executionId }, { webContentsId }) =>
      database.cancelQuery(executionId, { ask: askToEndIn(webContentsId) }),
    'query:close-tab': ({ connectionId, tabId }) => database.closeTab(connectionId, tabId),

    ...createTableHandlers(services.tables),
    ...createSearchHandlers(services.search),
    ...createSavedQueryHandlers(services.savedQueries),

    ...createExportHandlers(services),
    ...createFileHandlers(services),
    ...createHistoryHandlers(services.history),

    'workspace:load': ({ key }) => workspaces.load(key),
    'workspace:save': ({ key, workspace }) => workspaces.save(key, workspace),
  };
}

async function describeApp(services: Services): Promise<AppInfo> {
  const { secrets, notices, profiles, poolDefaults } = services;
  const { notice } = await profiles.status();
  return {
    version: app.getVersion(),
    platform:
      process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
    runtime: {
      electron: process.versions.electron,
      chromium: process.versions.chrome,
      node: process.versions.node,
    },
    keychain: await secrets.check(),
    defaultMaxConnections: poolDefaults.maxConnections,
    notices: notice === null ? [...notices] : [...notices, notice],
  };
}
