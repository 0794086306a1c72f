import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { PosternBridge } from '@shared/ipc/bridge';
import { callChannels, eventChannels } from '@shared/ipc/channels';

const calls = new Set<string>(callChannels);
const events = new Set<string>(eventChannels);

const bridge: PosternBridge = {
  invoke(channel, ...request) {
    if (!calls.has(channel)) throw new TypeError(`Unknown channel ${channel}.`);
    return ipcRenderer.invoke(channel, request[0]);
  },
  on(channel, listener) {
    if (!events.has(channel)) throw new TypeError(`Unknown event ${channel}.`);
    // The event object carries the sender: the page gets the payload alone.
    const forward = (_event: IpcRendererEvent, payload: Parameters<typeof listener>[0]): void =>
      listener(payload);
    ipcRenderer.on(channel, forward);
    return () => ipcRenderer.removeListener(channel, forward);
  },
};

// contextBridge copies and freezes what it exposes.
contextBridge.exposeInMainWorld('postern', bridge);
