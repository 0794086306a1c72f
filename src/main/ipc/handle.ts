import { ipcMain } from 'electron';
import { callChannels, textChannels } from '@shared/ipc/channels';
import { answer, type AnswerOptions } from './answer';

const asText = new Set<string>(textChannels);

/** Registers every channel of the contract. The only place that touches ipcMain. */
export function registerHandlers(options: AnswerOptions): void {
  for (const channel of callChannels) {
    ipcMain.handle(channel, async (event, request: unknown) => {
      const sender = { webContentsId: event.sender.id, frame: event.senderFrame };
      const envelope = await answer(options, channel, sender, request);
      return asText.has(channel) ? JSON.stringify(envelope) : envelope;
    });
  }
}
