import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { callChannels, type CallChannel } from '@shared/ipc/channels';
import { calls, type CallResponse, type ValidRequest } from '@shared/ipc/contract';
import type { Envelope } from '@shared/ipc/envelope';
import { DatabaseError } from '../db/errors';
import type { TrustedSenders } from './trusted-sender';

/** One handler per channel of the contract; a missing one does not compile. */
export type Handlers = {
  readonly [C in CallChannel]: (
    request: ValidRequest<C>,
    context: CallContext,
  ) => Promise<CallResponse<C>>;
};

/** What a handler may know of its caller. */
export interface CallContext {
  readonly webContentsId: number;
}

/**
 * Registers every channel: checks who sent it, validates the request against the contract, runs the
 * handler and answers with an envelope. It is the only place that touches ipcMain.
 */
export function registerHandlers(
  handlers: Handlers,
  senders: TrustedSenders,
  onDefect: (channel: CallChannel, error: unknown) => void,
): void {
  for (const channel of callChannels) {
    ipcMain.handle(channel, (event, request: unknown) => answer(channel, event, request));
  }

  async function answer(
    channel: CallChannel,
    event: IpcMainInvokeEvent,
    request: unknown,
  ): Promise<Envelope<unknown>> {
    const sender = { webContentsId: event.sender.id, frame: event.senderFrame };
    if (!senders.trusts(sender)) {
      return refuse('Main answers only the pages of the app itself.');
    }
    const parsed = calls[channel].request.safeParse(request);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const field = issue?.path.map(String).at(-1);
      return {
        ok: false,
        error: {
          kind: 'InvalidRequest',
          message:
            `${channel}: ${issue === undefined ? 'malformed request' : `${issue.path.join('.')} ${issue.message}`}`.trim(),
          ...(field === undefined ? {} : { field }),
        },
      };
    }
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `Handlers` ties each handler to its channel and the request was parsed with that channel's schema; the compiler cannot follow a union of such pairs.
      const handler = handlers[channel] as (
        request: unknown,
        context: CallContext,
      ) => Promise<unknown>;
      return { ok: true, value: await handler(parsed.data, { webContentsId: event.sender.id }) };
    } catch (error) {
      if (error instanceof DatabaseError) return { ok: false, error: error.data };
      onDefect(channel, error);
      return {
        ok: false,
        error: {
          kind: 'Internal',
          message: `${channel} failed because of a defect in the app.`,
          advice: 'The log has the details. Nothing was changed by this message itself.',
        },
      };
    }
  }
}

function refuse(message: string): Envelope<never> {
  return { ok: false, error: { kind: 'InvalidRequest', message } };
}
