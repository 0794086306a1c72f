import type { ConnectionProfile } from '@shared/models/connection-profile';

interface Addressed extends Pick<ConnectionProfile, 'host' | 'port' | 'database'> {
  readonly ssh?: { readonly host: string } | undefined;
}

/** `host:port/database`, or the folder of a Unix socket in place of the host; with the SSH host. */
export function address(profile: Addressed): string {
  const host = profile.host.includes(':') ? `[${profile.host}]` : profile.host;
  const via = profile.ssh === undefined ? '' : ` via ${profile.ssh.host}`;
  return `${host}:${profile.port}/${profile.database}${via}`;
}

/** Profiles that hold each word of the query in their name, address, user, folder or environment. */
export function searchProfiles(
  profiles: readonly ConnectionProfile[],
  query: string,
): readonly ConnectionProfile[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return profiles.filter((profile) => {
    const { name, user, environment, folder = '' } = profile;
    const text = [name, address(profile), user, environment, folder].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Profiles of one folder, in their order. */
export interface ProfileGroup {
  /** Null outside every folder. */
  readonly folder: string | null;
  readonly profiles: readonly ConnectionProfile[];
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The names of all folders, in the order in which they are shown. */
export function foldersOf(profiles: readonly ConnectionProfile[]): readonly string[] {
  const folders = new Set(profiles.flatMap(({ folder }) => (folder === undefined ? [] : [folder])));
  return [...folders].sort((a, b) => byName.compare(a, b) || (a < b ? -1 : 1));
}

/** The list as it is shown: what is in no folder first, then the folders by name. */
export function groupProfiles(profiles: readonly ConnectionProfile[]): readonly ProfileGroup[] {
  const loose = profiles.filter(({ folder }) => folder === undefined);
  return [
    ...(loose.length > 0 ? [{ folder: null, profiles: loose }] : []),
    ...foldersOf(profiles).map((folder) => ({
      folder,
      profiles: profiles.filter((profile) => profile.folder === folder),
    })),
  ];
}

/** A place in the list: in `folder`, ahead of `before`, at the folder's end where that is null. */
export interface ProfilePlace {
  readonly folder: string | null;
  readonly before: string | null;
}

/** Where a profile stands now. */
export function placeOf(
  profiles: readonly ConnectionProfile[],
  { id, folder }: Pick<ConnectionProfile, 'id' | 'folder'>,
): ProfilePlace {
  const group = profiles.filter((profile) => profile.folder === folder);
  const index = group.findIndex((profile) => profile.id === id);
  return { folder: folder ?? null, before: group[index + 1]?.id ?? null };
}

/**
 * Where a profile goes that is moved by one line: past the edge of its folder it enters the next
 * one. Null at the end of the list.
 */
export function placeBeside(
  groups: readonly ProfileGroup[],
  id: string,
  direction: 'up' | 'down',
): ProfilePlace | null {
  const groupIndex = groups.findIndex(({ profiles }) => profiles.some((other) => other.id === id));
  const group = groups[groupIndex];
  if (group === undefined) return null;
  const { folder, profiles } = group;
  const index = profiles.findIndex((other) => other.id === id);
  if (direction === 'up') {
    const above = profiles[index - 1];
    if (above !== undefined) return { folder, before: above.id };
    const previous = groups[groupIndex - 1];
    // Out of the first folder there is always the top of the list.
    if (previous === undefined) return folder === null ? null : { folder: null, before: null };
    return { folder: previous.folder, before: null };
  }
  if (index < profiles.length - 1) return { folder, before: profiles[index + 2]?.id ?? null };
  const next = groups[groupIndex + 1];
  return next === undefined ? null : { folder: next.folder, before: next.profiles[0]?.id ?? null };
}

const units = [
  ['year', 365 * 24 * 3600],
  ['month', 30 * 24 * 3600],
  ['week', 7 * 24 * 3600],
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
] as const;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** How long ago a moment was, in the largest unit that fits: "3 hours ago". */
export function timeAgo(moment: string, now: Date): string {
  const seconds = (now.getTime() - new Date(moment).getTime()) / 1000;
  for (const [unit, length] of units) {
    if (seconds >= length) return relative.format(-Math.floor(seconds / length), unit);
  }
  return 'just now';
}
