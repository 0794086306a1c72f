import type { fileCalls } from '@shared/ipc/file-calls';
import type { Services } from '../compose';
import { chooseScripts, chooseScriptTarget } from '../dialogs/script-files';
import type { Handlers } from './answer';

/** Which service answers the channels of files of SQL; no logic of its own. */
export function createFileHandlers({
  scripts,
}: Pick<Services, 'scripts'>): Pick<Handlers, keyof typeof fileCalls> {
  return {
    'file:open': async (_request, { webContentsId }) =>
      scripts.openAll(await chooseScripts(webContentsId)),
    'file:open-dropped': ({ path }) => scripts.openDropped(path),
    'file:read': ({ id }) => scripts.read(id),
    'file:save': ({ id, text, version }) => scripts.save(id, text, version),
    'file:save-as': async ({ text, suggestedName }, { webContentsId }) => {
      const path = await chooseScriptTarget(webContentsId, suggestedName);
      return path === null ? null : scripts.saveAs(path, text);
    },
    'file:check': ({ ids }) => scripts.check(ids),
  };
}
