import { ipcMain } from 'electron';
import { callChannels } from '@shared/ipc/channels';
import { answer, type AnswerOptions } from './answer';

/** Registers every channel of the contract. The only place that touches ipcMain. */
export function registerHandlers(options: AnswerOptions): void {
  for (const channel of callChannels) {
    ipcMain.handle(channel, (event, request: unknown) => {
      const sender = { webContentsId: event.sender.id, frame: event.senderFrame };
      return answer(options, channel, sender, request);
    });
  }
}
