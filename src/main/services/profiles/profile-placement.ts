import type { ConnectionProfile } from '@shared/models/connection-profile';

/** A place in the list of connections. */
export interface Placement {
  /** Null is the top of the list, outside every folder. */
  readonly folder: string | null;
  /** The profile that comes next; null is the end of the folder. */
  readonly before: string | null;
}

/**
 * The list with a profile moved. A `before` that is gone, or the profile itself, means the end: two
 * windows may have changed the list at the same time.
 */
export function placed(
  profiles: readonly ConnectionProfile[],
  id: string,
  { folder, before }: Placement,
): readonly ConnectionProfile[] {
  const profile = profiles.find((candidate) => candidate.id === id);
  if (profile === undefined) return profiles;
  const { folder: _left, ...rest } = profile;
  const moved = folder === null ? rest : { ...rest, folder };
  const others = profiles.filter((candidate) => candidate !== profile);
  const next = others.findIndex((candidate) => candidate.id === before);
  const index = next === -1 ? others.length : next;
  return [...others.slice(0, index), moved, ...others.slice(index)];
}

/** "Shop" → "Shop copy", "Shop copy 2" …: the first that is not taken. */
export function copyName(name: string, taken: readonly string[]): string {
  const base = `${name.replace(/ copy(?: \d+)?$/, '').slice(0, 180)} copy`;
  let copy = base;
  for (let number = 2; taken.includes(copy); number += 1) copy = `${base} ${number}`;
  return copy;
}
