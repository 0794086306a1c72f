import type { ConnectionProfile } from '@shared/models/connection-profile';
import { errorData } from '../../api/postern';
import { printable } from '../../components/printable';
import { showToast } from '../../components/toast-store';
import {
  deleteProfile,
  moveProfile,
  renameFolder,
  restoreProfile,
  useConnections,
} from './connections-store';
import { focusLine, lineBeside } from './focused-line';
import { placeOf, type ProfilePlace } from './profile-order';

/** Moves a connection; the focus goes along. Resolves to whether it was moved. */
export async function moveTo(id: string, place: ProfilePlace): Promise<boolean> {
  try {
    await moveProfile(id, place);
    focusLine(id);
    return true;
  } catch (error) {
    tell(error);
    return false;
  }
}

/**
 * Moves a connection to the end of a folder, null being none; a toast takes that back. Resolves to
 * the line that was beside it, where a person goes on. Raises CallError.
 */
export async function moveToFolder(
  profile: ConnectionProfile,
  folder: string | null,
): Promise<string | null> {
  const from = placeOf(useConnections.getState().profiles ?? [], profile);
  const beside = lineBeside(profile.id);
  await moveProfile(profile.id, { folder, before: null });
  const where = folder === null ? 'out of its folder' : `to folder “${printable(folder)}”`;
  showToast({
    tone: 'neutral',
    message: `Moved “${printable(profile.name)}” ${where}.`,
    action: { label: 'Undo', run: () => void moveTo(profile.id, from) },
  });
  return beside;
}

/** Takes the connections out of a folder; a toast takes that back. */
export async function dissolveFolder(
  folder: string,
  profiles: readonly ConnectionProfile[],
): Promise<void> {
  try {
    await renameFolder(folder, null);
  } catch (error) {
    tell(error);
    return;
  }
  focusLine(profiles[0]?.id ?? null);
  const undo = async (): Promise<void> => {
    // One after the other, and no further after a failure: their order is to be what it was.
    for (const { id } of profiles) await moveProfile(id, { folder, before: null });
    focusLine(folder);
  };
  showToast({
    tone: 'neutral',
    message: `Took folder “${printable(folder)}” apart.`,
    action: { label: 'Undo', run: () => void undo().catch(tell) },
  });
}

/** Deletes a connection; a toast brings it back. */
export async function deleteWithUndo({ id, name }: ConnectionProfile): Promise<void> {
  const beside = lineBeside(id);
  try {
    await deleteProfile(id);
  } catch (error) {
    tell(error);
    return;
  }
  focusLine(beside);
  showToast({
    tone: 'neutral',
    message: `Deleted “${printable(name)}”.`,
    action: {
      label: 'Undo',
      run: () => void restoreProfile(id).then(() => focusLine(id), tell),
    },
  });
}

/** Tells of a failure in a toast. */
export function tell(error: unknown): void {
  showToast({ tone: 'danger', message: errorData(error).message });
}
