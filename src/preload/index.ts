import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import type { PosternBridge } from '@shared/ipc/bridge';
import { callChannels, eventChannels } from '@shared/ipc/channels';

const calls = new Set<string>(callChannels);
const events = new Set<string>(eventChannels);

const bridge: PosternBridge = {
  invoke(channel, ...request) {
    if (!calls.has(channel)) throw new TypeError(`Unknown channel ${channel}.`);
    return ipcRenderer.invoke(channel, request[0]);
  },
  pathOf: (file) => pathOfFile(file, webUtils),
  on(channel, listener) {
    if (!events.has(channel)) throw new TypeError(`Unknown event ${channel}.`);
    // The event object carries the sender: the page gets the payload alone.
    const forward = (_event: IpcRendererEvent, payload: Parameters<typeof listener>[0]): void =>
      listener(payload);
    ipcRenderer.on(channel, forward);
    return () => ipcRenderer.removeListener(channel, forward);
  },
};

/** Before Electron 29 there are no utilities for it: the path is a property of the file. */
function pathOfFile(file: File, utilities: typeof webUtils | undefined): string {
  if (utilities !== undefined) return utilities.getPathForFile(file);
  return 'path' in file && typeof file.path === 'string' ? file.path : '';
}

// contextBridge copies and freezes what it exposes.
contextBridge.exposeInMainWorld('postern', bridge);
