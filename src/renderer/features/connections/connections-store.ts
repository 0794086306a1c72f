import type { ConnectionSource, ProfileSave } from '@shared/ipc/contract';
import type { Connection, ConnectionProfile } from '@shared/models/connection-profile';
import type { DatabaseErrorData } from '@shared/models/database-error';
import { create } from 'zustand';
import { call, errorData, listen } from '../../api/postern';
import { findOpen, sourceKey, type OpenTarget } from './connection-source';
import type { ProfilePlace } from './profile-order';

/** What became of the last try to open a source that is not open. */
export type OpenAttempt =
  | { readonly status: 'opening'; readonly openId: string }
  | { readonly status: 'failed'; readonly error: DatabaseErrorData };

interface ConnectionsState {
  /** Null until main has answered. */
  readonly profiles: readonly ConnectionProfile[] | null;
  readonly profilesError: DatabaseErrorData | null;
  readonly connections: readonly Connection[];
  /** By `sourceKey`. */
  readonly attempts: Readonly<Record<string, OpenAttempt>>;
}

/** Saved profiles and open connections. */
export const useConnections = create<ConnectionsState>(() => ({
  profiles: null,
  profilesError: null,
  connections: [],
  attempts: {},
}));

const { getState, setState } = useConnections;

function setAttempt(key: string, attempt: OpenAttempt | null): void {
  setState(({ attempts }) => {
    const { [key]: _previous, ...others } = attempts;
    return { attempts: attempt === null ? others : { ...others, [key]: attempt } };
  });
}

/** Loads the saved profiles. A failure is kept as `profilesError`; what was loaded stays. */
export async function loadProfiles(): Promise<void> {
  try {
    setState({ profiles: await call('profile:list'), profilesError: null });
  } catch (error) {
    setState({ profilesError: errorData(error) });
  }
}

/** Loads the open connections and follows main's changes; the returned function ends that. */
export function watchConnections(): () => void {
  let changed = false;
  const stop = listen('connection:changed', ({ connections }) => {
    changed = true;
    setState({ connections });
  });
  call('connection:list').then(
    // An event that came before the answer is newer than the answer.
    (connections) => !changed && setState({ connections }),
    () => undefined,
  );
  return stop;
}

/** Saves a profile and returns it as stored. Raises CallError; `field` names the culprit. */
export async function saveProfile(save: ProfileSave): Promise<ConnectionProfile> {
  const saved = await call('profile:save', save);
  setAttempt(sourceKey({ kind: 'profile', id: saved.id }), null);
  setState(({ profiles }) => ({
    profiles: profiles?.some(({ id }) => id === saved.id)
      ? profiles.map((profile) => (profile.id === saved.id ? saved : profile))
      : [...(profiles ?? []), saved],
  }));
  return saved;
}

/** Deletes a profile. Raises CallError. */
export async function deleteProfile(id: string): Promise<void> {
  await call('profile:delete', { id });
  setAttempt(sourceKey({ kind: 'profile', id }), null);
  setState(({ profiles }) => ({ profiles: (profiles ?? []).filter((other) => other.id !== id) }));
}

/** Brings a deleted profile back to its place, as undo. Raises CallError. */
export async function restoreProfile(id: string): Promise<void> {
  await call('profile:restore', { id });
  setState({ profiles: await call('profile:list') });
}

/** Copies a profile with its password. Raises CallError. */
export async function copyProfile(id: string): Promise<ConnectionProfile> {
  const copy = await call('profile:duplicate', { id });
  setState({ profiles: await call('profile:list') });
  return copy;
}

/** Moves a profile to another place of the list. Raises CallError. */
export async function moveProfile(id: string, place: ProfilePlace): Promise<void> {
  setState({ profiles: await call('profile:reorder', { id, ...place }) });
}

/** Renames a folder; null takes its profiles out of it. Raises CallError. */
export async function renameFolder(from: string, to: string | null): Promise<void> {
  setState({ profiles: await call('profile:rename-folder', { from, to }) });
}

/**
 * Opens a source, or finds that it is open already. Null when it failed or is being opened: the
 * attempt's state says which, for the place that shows it.
 */
export async function openConnection(
  target: OpenTarget,
  source: ConnectionSource = target.source,
): Promise<Connection | null> {
  const key = sourceKey(target.source);
  const open = findOpen(target, getState().connections);
  if (open) return open;
  if (getState().attempts[key]?.status === 'opening') return null;
  const openId = crypto.randomUUID();
  setAttempt(key, { status: 'opening', openId });
  try {
    const connection = await call('connection:open', { source, openId });
    setState(({ connections }) => ({
      connections: [
        ...connections.filter(({ connectionId }) => connectionId !== connection.connectionId),
        connection,
      ],
    }));
    setAttempt(key, null);
    if (source.kind === 'profile') void loadProfiles();
    return connection;
  } catch (error) {
    const data = errorData(error);
    // Whoever cancelled knows.
    setAttempt(key, data.kind === 'Cancelled' ? null : { status: 'failed', error: data });
    return null;
  }
}

/** Stops opening a source; nothing happens when it is not being opened. */
export function cancelOpening(key: string): void {
  const attempt = getState().attempts[key];
  if (attempt?.status !== 'opening') return;
  // A failure of cancelling leaves the try to its own end, which is shown.
  void call('connection:cancel-open', { openId: attempt.openId }).catch(() => undefined);
}

/** Forgets that opening a source failed. */
export function dismissAttempt(key: string): void {
  if (getState().attempts[key]?.status === 'failed') setAttempt(key, null);
}

/** Closes a connection. Raises CallError when main could not; it then stays in the list. */
export async function closeConnection(connectionId: string): Promise<void> {
  await call('connection:close', { connectionId });
  setState(({ connections }) => ({
    connections: connections.filter((connection) => connection.connectionId !== connectionId),
  }));
}
