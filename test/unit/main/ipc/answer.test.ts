import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DatabaseError } from '../../../../src/main/db/errors/database-error';
import { answer, type Handlers } from '../../../../src/main/ipc/answer';
import { TrustedSenders, type Sender } from '../../../../src/main/ipc/trusted-sender';
import { callChannels, eventChannels, type CallChannel } from '../../../../src/shared/ipc/channels';
import { calls, events } from '../../../../src/shared/ipc/contract';

const origin = 'postern://app';
const page: Sender = { webContentsId: 7, frame: { url: `${origin}/index.html`, parent: null } };
const embedded: Sender = {
  webContentsId: 7,
  frame: { url: `${origin}/index.html`, parent: page.frame },
};

const handler = vi.fn<(...request: unknown[]) => Promise<unknown>>();
const onDefect = vi.fn<(channel: CallChannel, error: unknown) => void>();
const senders = new TrustedSenders({ origins: [origin] });
senders.add(7);

// Every channel has the same handler here: what is tested stands before and behind it.
const handlers = Promise.resolve(
  Object.fromEntries(callChannels.map((channel) => [channel, handler])) as unknown as Handlers,
);
const call = (channel: CallChannel, sender: Sender, request?: unknown): ReturnType<typeof answer> =>
  answer({ handlers, senders, onDefect }, channel, sender, request);

beforeEach(() => {
  handler.mockReset();
  handler.mockResolvedValue('answer');
  onDefect.mockReset();
});

describe('the contract', () => {
  it('has exactly one request and response schema for each channel', () => {
    expect(Object.keys(calls).sort()).toEqual([...callChannels].sort());
    expect(Object.keys(events).sort()).toEqual([...eventChannels].sort());
  });
});

describe.each(callChannels)('%s', (channel) => {
  it('refuses a request that does not fit, before the handler sees it', async () => {
    // No channel takes a symbol-like nonsense object.
    expect(
      await call(channel, page, { nonsense: Number.NaN, connectionId: 'no uuid', id: 1 }),
    ).toMatchObject({
      ok: false,
      error: { kind: 'InvalidRequest' },
    });
    expect(handler).not.toHaveBeenCalled();
  });

  it.each<[string, Sender]>([
    ['a window that main did not open', { ...page, webContentsId: 8 }],
    [
      'a page of another origin',
      { webContentsId: 7, frame: { url: 'https://example.com/', parent: null } },
    ],
    [
      'a page whose address only begins alike',
      { webContentsId: 7, frame: { url: `${origin}.example.com/`, parent: null } },
    ],
    ['a file', { webContentsId: 7, frame: { url: 'file:///index.html', parent: null } }],
    ['a page without address', { webContentsId: 7, frame: { url: '', parent: null } }],
    ['an embedded frame', embedded],
    ['a frame that is gone', { webContentsId: 7, frame: null }],
  ])('refuses %s', async (_who, sender) => {
    expect(await call(channel, sender)).toMatchObject({
      ok: false,
      error: { kind: 'InvalidRequest' },
    });
    expect(handler).not.toHaveBeenCalled();
  });
});

describe('answer', () => {
  it('gives the value of the handler, which gets the parsed request and its caller', async () => {
    const request = { key: 'sample' };
    expect(await call('workspace:load', page, request)).toEqual({ ok: true, value: 'answer' });
    expect(handler).toHaveBeenCalledWith(request, { webContentsId: 7 });
  });

  it('refuses a window that is gone', async () => {
    senders.add(9);
    const other = { ...page, webContentsId: 9 };
    expect(await call('app:get-info', other)).toMatchObject({ ok: true });
    senders.remove(9);
    expect(await call('app:get-info', other)).toMatchObject({ ok: false });
  });

  it('names the field that does not fit', async () => {
    const draft = { name: 'x', host: 'h', database: 'd', user: 'u', port: 70_000 };
    expect(await call('profile:save', page, { id: null, draft })).toMatchObject({
      ok: false,
      error: { field: 'port', message: 'A port is a number from 1 to 65535.' },
    });
  });

  it('passes on an error of a service as data', async () => {
    const data = {
      kind: 'QueryFailed',
      message: 'division by zero',
      sqlState: '22012',
      position: 9,
    } as const;
    handler.mockRejectedValue(new DatabaseError(data));
    expect(await call('app:get-info', page)).toEqual({ ok: false, error: data });
    expect(onDefect).not.toHaveBeenCalled();
  });

  it('tells a defect to the log and not its text to the page', async () => {
    const defect = new Error('password=hunter2');
    handler.mockRejectedValue(defect);
    const envelope = await call('app:get-info', page);
    expect(envelope).toMatchObject({ ok: false, error: { kind: 'Internal' } });
    expect(JSON.stringify(envelope)).not.toContain('hunter2');
    expect(onDefect).toHaveBeenCalledWith('app:get-info', defect);
  });
});
