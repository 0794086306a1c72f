import type { ConnectionProfile } from '@shared/models/connection-profile';

/** `host:port/database`, or the folder of a Unix socket in place of the host. */
export function address(profile: Pick<ConnectionProfile, 'host' | 'port' | 'database'>): string {
  const host = profile.host.includes(':') ? `[${profile.host}]` : profile.host;
  return `${host}:${profile.port}/${profile.database}`;
}

/** Profiles that hold each word of the query in their name, address, user or environment. */
export function searchProfiles(
  profiles: readonly ConnectionProfile[],
  query: string,
): readonly ConnectionProfile[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return profiles.filter((profile) => {
    const text = [profile.name, address(profile), profile.user, profile.environment]
      .join('\n')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The last opened first, those never opened after them by name. */
export function sortProfiles(profiles: readonly ConnectionProfile[]): readonly ConnectionProfile[] {
  return [...profiles].sort((a, b) => {
    if (a.lastOpenedAt !== b.lastOpenedAt) {
      return (b.lastOpenedAt ?? '').localeCompare(a.lastOpenedAt ?? '');
    }
    return a.name.localeCompare(b.name);
  });
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
