import type { CallChannel, EventChannel, TextChannel } from './channels';
import type { CallRequest, CallResponse, EventPayload } from './contract';
import type { Envelope } from './envelope';

export type RequestArguments<C extends CallChannel> =
  CallRequest<C> extends undefined ? [] : [request: CallRequest<C>];

/** What a call resolves with: its envelope, as JSON where that is long. */
export type Answer<C extends CallChannel> = C extends TextChannel
  ? string
  : Envelope<CallResponse<C>>;

/** What the preload puts on the page's window, frozen: the renderer's only way to main. */
export interface PosternBridge {
  /** Calls main. It never rejects for a failure of the call: that is an envelope with `ok: false`. */
  invoke<C extends CallChannel>(channel: C, ...request: RequestArguments<C>): Promise<Answer<C>>;
  /** The path of a file that a person has dropped on the page; empty for one that has none. */
  pathOf(file: File): string;
  /** Listens to an event of main; the returned function ends it. */
  on<E extends EventChannel>(channel: E, listener: (payload: EventPayload<E>) => void): () => void;
}
