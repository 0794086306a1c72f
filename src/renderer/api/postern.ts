import type { PosternBridge, RequestArguments } from '@shared/ipc/bridge';
import type { CallChannel } from '@shared/ipc/channels';
import type { CallResponse } from '@shared/ipc/contract';
import type { Envelope } from '@shared/ipc/envelope';
import type { DatabaseErrorData } from '@shared/models/database-error';

declare global {
  interface Window {
    readonly postern: PosternBridge;
  }
}

/** A failed call, rebuilt from the envelope: `data` is what main knows of it. */
export class CallError extends Error {
  override readonly name = 'CallError';

  constructor(readonly data: DatabaseErrorData) {
    super(data.message);
  }
}

/** Calls main and unwraps the envelope. Raises CallError with main's error as data. */
export async function call<C extends CallChannel>(
  channel: C,
  ...request: RequestArguments<C>
): Promise<CallResponse<C>> {
  const answer: string | Envelope<CallResponse<C>> = await window.postern.invoke(
    channel,
    ...request,
  );
  const envelope = typeof answer === 'string' ? parsed<CallResponse<C>>(answer) : answer;
  if (!envelope.ok) throw new CallError(envelope.error);
  return envelope.value;
}

function parsed<T>(text: string): Envelope<T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- main has written it, of the value that the channel's handler gave
  return JSON.parse(text) as Envelope<T>;
}

/** Listens to an event of main; the returned function ends it. */
export const listen: PosternBridge['on'] = (channel, listener) =>
  window.postern.on(channel, listener);

/** The path of a file that was dropped on the page; empty for one that has none. */
export const pathOf: PosternBridge['pathOf'] = (file) => window.postern.pathOf(file);

/** The error as data, whatever was thrown. */
export function errorData(error: unknown): DatabaseErrorData {
  if (error instanceof CallError) return error.data;
  return { kind: 'Internal', message: error instanceof Error ? error.message : String(error) };
}
