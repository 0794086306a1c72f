import type {
  Connection,
  ConnectionProfile,
  EnvironmentConnection,
  ParsedConnection,
} from '@shared/models/connection-profile';
import { errorData } from '../api/postern';
import { printable } from '../components/printable';
import { showToast } from '../components/toast-store';
import { secretsToAsk, type TypedSecrets } from '../features/connections/asked-secrets';
import { sourceKey, type OpenTarget } from '../features/connections/connection-source';
import {
  closeConnection,
  copyProfile,
  loadProfiles,
  openConnection,
  useConnections,
} from '../features/connections/connections-store';
import {
  requestForDatabase,
  requestForNew,
  requestForParsed,
  requestForProfile,
} from '../features/connections/form-request';
import { needsReopening } from '../features/connections/profile-change';
import { loadAppInfo, resetSampleProgress, useWelcome } from '../features/welcome/welcome-store';
import { goHome, openForm, showConnection, useApp } from './app-store';
import { currentActivity, forgetActivity, lossOnClosing } from './connection-activity';

const keychainAvailable = (): boolean => useWelcome.getState().appInfo?.keychain.available ?? true;

async function open(target: OpenTarget, secrets: TypedSecrets = {}): Promise<boolean> {
  const { source } = target;
  const connection = await openConnection(
    target,
    source.kind === 'profile' ? { ...source, ...secrets } : source,
  );
  if (connection) showConnection(connection.connectionId);
  return connection !== null;
}

/** Starts the sample server where it is not running, and shows its database. */
export async function openSample(): Promise<void> {
  resetSampleProgress();
  await open({ source: { kind: 'sample' } });
}

/** Opens a connection that the environment describes. */
export async function openEnvironment(environment: EnvironmentConnection): Promise<void> {
  await open({ source: { kind: 'environment', source: environment.source }, environment });
}

/** Opens a saved profile, or shows it when it is open; asks for its secrets where it has to. */
export async function openProfile(profile: ConnectionProfile): Promise<void> {
  const isOpen = useConnections
    .getState()
    .connections.some(({ profileId }) => profileId === profile.id);
  const asks = secretsToAsk(profile).length > 0;
  if (asks && !isOpen) useApp.setState({ passwordPrompt: profile });
  else await open({ source: { kind: 'profile', id: profile.id }, profile });
}

/** Opens a profile with the secrets that a person just typed. False when it failed. */
export async function openProfileWith(
  profile: ConnectionProfile,
  secrets: TypedSecrets,
): Promise<boolean> {
  return open({ source: { kind: 'profile', id: profile.id }, profile }, secrets);
}

/** Opens the form for a connection that is not saved yet. */
export function newConnection(): void {
  openForm(requestForNew(keychainAvailable()));
}

/** Opens the form filled in with a pasted URL. */
export function newFromParsed(parsed: ParsedConnection): void {
  openForm(requestForParsed(parsed, keychainAvailable()));
}

/** Opens the form for another database of an open connection's server. */
export function newForDatabase(connection: Connection, database: string): void {
  const profile = useConnections.getState().profiles?.find(({ id }) => id === connection.profileId);
  openForm(requestForDatabase(connection, profile, database, keychainAvailable()));
}

/** Opens the form of a saved profile. */
export function editProfile(profile: ConnectionProfile): void {
  const key = sourceKey({ kind: 'profile', id: profile.id });
  const attempt = useConnections.getState().attempts[key];
  // What was wrong with it when it was opened last is shown beside its field.
  const error = attempt?.status === 'failed' ? attempt.error : null;
  openForm(requestForProfile(profile, error));
}

/** Copies a profile with its password; the toast leads to the copy's form. */
export async function duplicateProfile(profile: ConnectionProfile): Promise<void> {
  try {
    const copy = await copyProfile(profile.id);
    showToast({
      tone: 'neutral',
      message: `Duplicated as “${copy.name}”.`,
      action: { label: 'Edit', run: () => editProfile(copy) },
    });
  } catch (error) {
    showToast({ tone: 'danger', message: errorData(error).message });
  }
}

/** Looks again whether there is a keychain, and for the profiles that it opens. */
export async function checkKeychain(): Promise<void> {
  try {
    await loadAppInfo();
    await loadProfiles();
  } catch (error) {
    showToast({ tone: 'danger', message: errorData(error).message });
  }
}

/** Closes an open connection, after asking where something would be lost. */
export async function requestClose(connection: Connection): Promise<void> {
  await requestEnd(connection, null);
}

/** Closes an open connection, after asking where something would be lost, and opens a profile then. */
async function requestEnd(
  connection: Connection,
  reopens: ConnectionProfile | null,
): Promise<void> {
  if (lossOnClosing(currentActivity(connection)) === null) await end(connection, reopens);
  else useApp.setState({ closeRequest: { connection, reopens } });
}

/** Closes the connection that was asked about, whatever is lost. */
export async function closeAsAsked(): Promise<void> {
  const { closeRequest } = useApp.getState();
  useApp.setState({ closeRequest: null });
  if (closeRequest !== null) await end(closeRequest.connection, closeRequest.reopens);
}

async function end(connection: Connection, reopens: ConnectionProfile | null): Promise<void> {
  if ((await closeAndLeave(connection)) && reopens !== null) await openProfile(reopens);
}

/** Closes an open connection and shows its neighbour, or the welcome screen after the last. Returns whether it did. */
async function closeAndLeave(connection: Connection): Promise<boolean> {
  const { connectionId } = connection;
  const { connections } = useConnections.getState();
  const index = connections.findIndex((other) => other.connectionId === connectionId);
  const neighbour = connections[index + 1] ?? connections[index - 1];
  try {
    await closeConnection(connectionId);
  } catch (error) {
    showToast({ tone: 'danger', message: errorData(error).message });
    return false;
  }
  forgetActivity(connection);
  const { screen } = useApp.getState();
  if (screen.kind !== 'connection' || screen.connectionId !== connectionId) return true;
  if (neighbour) showConnection(neighbour.connectionId);
  else goHome();
  return true;
}

/** Says that an open connection goes on with the settings of before, and offers to open it again. */
export function tellOutdated(before: ConnectionProfile, profile: ConnectionProfile): void {
  const { connections } = useConnections.getState();
  const connection = connections.find(({ profileId }) => profileId === profile.id);
  if (connection === undefined || !needsReopening(before, profile)) return;
  showToast({
    tone: 'neutral',
    message: `“${printable(profile.name)}” is open with its earlier settings.`,
    action: { label: 'Open again', run: () => void requestEnd(connection, profile) },
  });
}
