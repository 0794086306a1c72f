import type { WebContents } from 'electron';
import type { EventChannel } from '@shared/ipc/channels';
import type { EventPayload } from '@shared/ipc/contract';

/** Sends an event of the contract to every open window, or to the one that it concerns. */
export class EventEmitter {
  readonly #windows = new Set<WebContents>();

  add(contents: WebContents): void {
    this.#windows.add(contents);
    contents.once('destroyed', () => this.#windows.delete(contents));
  }

  send<E extends EventChannel>(channel: E, payload: EventPayload<E>): void {
    for (const contents of this.#windows) {
      if (!contents.isDestroyed()) contents.send(channel, payload);
    }
  }
}
