import type { CallChannel } from '@shared/ipc/channels';
import { calls, type CallResponse, type ValidRequest } from '@shared/ipc/contract';
import type { Envelope } from '@shared/ipc/envelope';
import type { DatabaseErrorData } from '@shared/models/database-error';
import { DatabaseError } from '../db/errors/database-error';
import type { Sender, TrustedSenders } from './trusted-sender';

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

export interface AnswerOptions {
  /** Calls wait until they are there. */
  readonly handlers: Promise<Handlers>;
  readonly senders: TrustedSenders;
  /** Told of what a handler raised that is no DatabaseError. */
  readonly onDefect: (channel: CallChannel, error: unknown) => void;
}

/**
 * Answers one call: checks who sent it, validates the request against the contract, runs the handler.
 * It never rejects, since Electron would reduce an error to its message.
 */
export async function answer(
  { handlers, senders, onDefect }: AnswerOptions,
  channel: CallChannel,
  sender: Sender,
  request: unknown,
): Promise<Envelope<unknown>> {
  if (!senders.trusts(sender)) {
    return failure({
      kind: 'InvalidRequest',
      message: 'Main answers only the pages of the app itself.',
    });
  }
  const parsed = calls[channel].request.safeParse(request);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.map(String) ?? [];
    const field = path.at(-1);
    return failure({
      kind: 'InvalidRequest',
      message: issue?.message ?? 'The request does not fit the contract.',
      detail: [channel, ...path].join(' '),
      ...(field === undefined ? {} : { field }),
    });
  }
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `Handlers` ties each handler to its channel and the request was parsed with that channel's schema; the compiler cannot follow a union of such pairs.
    const handler = (await handlers)[channel] as (
      request: unknown,
      context: CallContext,
    ) => Promise<unknown>;
    const value = await handler(parsed.data, { webContentsId: sender.webContentsId });
    return { ok: true, value };
  } catch (error) {
    if (error instanceof DatabaseError) return failure(error.data);
    onDefect(channel, error);
    return failure({
      kind: 'Internal',
      message: 'Something in the app failed that should not.',
      advice: 'Please report it with the file main.log of the log folder.',
      detail: channel,
    });
  }
}

function failure(error: DatabaseErrorData): Envelope<never> {
  return { ok: false, error };
}
