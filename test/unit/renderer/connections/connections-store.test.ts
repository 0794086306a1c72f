import type { CallChannel } from '@shared/ipc/channels';
import type { Connection } from '@shared/models/connection-profile';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  cancelOpening,
  closeConnection,
  deleteProfile,
  dismissAttempt,
  loadProfiles,
  openConnection,
  restoreProfile,
  useConnections,
  watchConnections,
} from '../../../../src/renderer/features/connections/connections-store';
import { connectionProfile, openedConnection } from './connection-fixture';

type Listener = (payload: { connections: readonly Connection[] }) => void;

// The preload's bridge exists only in Electron: this stands for it, answer by answer.
const invoke = vi.fn<(channel: CallChannel, request: unknown) => Promise<unknown>>();
const listeners = new Set<Listener>();
vi.stubGlobal('window', {
  postern: {
    invoke,
    on: (_channel: string, listener: Listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  },
});

const profile = connectionProfile('shop');
const target = { source: { kind: 'profile', id: profile.id } as const, profile };
const connection = openedConnection(profile.name, { profileId: profile.id });
const failure = { kind: 'ConnectionFailed', message: 'refused' } as const;
const ok = (value?: unknown) => Promise.resolve({ ok: true, value });
const failed = () => Promise.resolve({ ok: false, error: failure });
const opened = (): unknown[] =>
  invoke.mock.calls.flatMap(([channel, request]) =>
    channel === 'connection:open' ? [request] : [],
  );

beforeEach(() => {
  invoke.mockReset();
  listeners.clear();
  useConnections.setState(useConnections.getInitialState(), true);
});

describe('openConnection', () => {
  it('opens once, and shows what is open instead of opening it again', async () => {
    invoke.mockImplementation((channel) => ok(channel === 'connection:open' ? connection : []));
    expect(await openConnection(target)).toEqual(connection);
    expect(await openConnection(target)).toEqual(connection);
    expect(opened()).toHaveLength(1);
    expect(useConnections.getState().attempts).toEqual({});
  });

  it('does not open twice when asked twice at once', async () => {
    invoke.mockImplementation((channel) => ok(channel === 'connection:open' ? connection : []));
    const [first, second] = await Promise.all([openConnection(target), openConnection(target)]);
    expect([first, second]).toEqual([connection, null]);
    expect(opened()).toHaveLength(1);
  });

  it('keeps the error of a failure until it is dismissed', async () => {
    invoke.mockImplementation(failed);
    expect(await openConnection(target)).toBeNull();
    const key = `profile:${profile.id}`;
    expect(useConnections.getState().attempts[key]).toEqual({ status: 'failed', error: failure });
    dismissAttempt(key);
    expect(useConnections.getState().attempts).toEqual({});
  });

  it('is cancelled by the id of the try, and that is no failure to show', async () => {
    let answer: (value: unknown) => void = () => undefined;
    invoke.mockImplementation((channel) =>
      channel === 'connection:open' ? new Promise((resolve) => (answer = resolve)) : ok(),
    );
    const opening = openConnection(target);
    const key = `profile:${profile.id}`;
    expect(useConnections.getState().attempts[key]).toMatchObject({ status: 'opening' });
    cancelOpening(key);
    const [request] = opened();
    const cancelled = invoke.mock.calls.find(([channel]) => channel === 'connection:cancel-open');
    expect(cancelled?.[1]).toEqual({ openId: (request as { openId: string }).openId });
    answer({ ok: false, error: { kind: 'Cancelled', message: 'It was cancelled.' } });
    expect(await opening).toBeNull();
    expect(useConnections.getState().attempts).toEqual({});
  });

  it('gives main the typed password and keeps it nowhere', async () => {
    invoke.mockImplementation(failed);
    await openConnection(target, { ...target.source, password: 'secret' });
    expect(opened()).toEqual([
      { source: { ...target.source, password: 'secret' }, openId: expect.any(String) },
    ]);
    expect(JSON.stringify(useConnections.getState())).not.toContain('secret');
  });
});

describe('closeConnection', () => {
  it('keeps the connection in the list when main could not close it', async () => {
    useConnections.setState({ connections: [connection] });
    invoke.mockImplementation(failed);
    await expect(closeConnection(connection.connectionId)).rejects.toThrow('refused');
    expect(useConnections.getState().connections).toEqual([connection]);
  });
});

describe('profiles', () => {
  it('keeps what was loaded when loading again fails', async () => {
    invoke.mockImplementation(() => ok([profile]));
    await loadProfiles();
    invoke.mockImplementation(failed);
    await loadProfiles();
    expect(useConnections.getState()).toMatchObject({
      profiles: [profile],
      profilesError: failure,
    });
  });

  it('come back after a deletion', async () => {
    useConnections.setState({ profiles: [profile] });
    invoke.mockImplementation((channel) =>
      ok(
        channel === 'profile:restore'
          ? profile
          : channel === 'profile:list'
            ? [profile]
            : undefined,
      ),
    );
    await deleteProfile(profile.id);
    expect(useConnections.getState().profiles).toEqual([]);
    await restoreProfile(profile.id);
    expect(useConnections.getState().profiles).toEqual([profile]);
  });
});

describe('watchConnections', () => {
  it('trusts an event more than an answer that was asked for before it', async () => {
    let answer: (value: unknown) => void = () => undefined;
    invoke.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
    const stop = watchConnections();
    for (const listener of listeners) listener({ connections: [connection] });
    answer({ ok: true, value: [] });
    // All promises that the answer has settled run before the next turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    expect(useConnections.getState().connections).toEqual([connection]);
    stop();
    expect(listeners.size).toBe(0);
  });
});
