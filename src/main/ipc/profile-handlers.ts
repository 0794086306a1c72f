import { basename } from 'node:path';
import type { profileCalls } from '@shared/ipc/profile-calls';
import type { Services } from '../compose';
import { confirmHostKeyIn } from '../dialogs/confirm-host-key';
import { chooseExportFile, chooseImportFile } from '../dialogs/connection-files';
import { chooseKeyFile } from '../dialogs/key-files';
import { parseConnection } from '../services/profiles/parse-connection';
import type { Handlers } from './answer';

/** Which service answers the channels of saved connections; no logic of its own. */
export function createProfileHandlers({
  opener,
  profiles,
  transfer,
}: Pick<Services, 'opener' | 'profiles' | 'transfer'>): Pick<Handlers, keyof typeof profileCalls> {
  return {
    'profile:list': async () => [...(await profiles.list())],
    'profile:save': (request) => profiles.save(request),
    'profile:delete': ({ id }) => profiles.delete(id),
    'profile:restore': ({ id }) => profiles.restore(id),
    'profile:parse': async ({ text }) => parseConnection(text),
    'profile:list-environment': async () => opener.listEnvironment(),
    'profile:test': ({ testId, ...request }, { webContentsId }) =>
      opener.test(request, testId, confirmHostKeyIn(webContentsId)),
    'profile:cancel-test': async ({ testId }) => opener.cancel(testId),
    'profile:choose-key-file': ({ kind }, { webContentsId }) => chooseKeyFile(webContentsId, kind),
    'profile:reorder': async ({ id, folder, before }) => [
      ...(await profiles.move(id, { folder, before })),
    ],
    'profile:rename-folder': async ({ from, to }) => [...(await profiles.renameFolder(from, to))],
    'profile:duplicate': ({ id }) => profiles.duplicate(id),
    'profile:read-import': async ({ source }, { webContentsId }) => {
      if (source !== 'file') return transfer.read(source);
      const path = await chooseImportFile(webContentsId);
      return path === null ? null : transfer.read(source, path);
    },
    'profile:import': ({ importId, choices }) => transfer.import(importId, choices),
    'profile:export': async ({ ids }, { webContentsId }) => {
      const path = await chooseExportFile(webContentsId);
      if (path === null) return null;
      return { name: basename(path), count: await transfer.export(ids, path) };
    },
  };
}
