import type { exportCalls } from '@shared/ipc/export-calls';
import type { Services } from '../compose';
import { chooseFileIn, showInFolder } from '../dialogs/choose-file';
import type { Handlers } from './answer';

/** Which service answers the channels of exports; no logic of its own. */
export function createExportHandlers({
  exports,
}: Pick<Services, 'exports'>): Pick<Handlers, keyof typeof exportCalls> {
  return {
    'export:describe-result': async ({ tableOid, ...request }) => ({
      repeat: exports.checkStatement(request),
      relation: await exports.findRelation(request.connectionId, tableOid),
    }),
    'export:preview': ({ options, source }) => exports.preview(options, source),
    'export:choose-file': async (request, { webContentsId }) => {
      const path = await chooseFileIn(webContentsId, request);
      return path === null ? null : exports.files.add(path);
    },
    'export:start': (request) => exports.start(request),
    'export:cancel': async ({ exportId }) => exports.cancel(exportId),
    'export:show-in-folder': async ({ fileId }) =>
      showInFolder(exports.files.pathOfWritten(fileId)),
  };
}
