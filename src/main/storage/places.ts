import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { KeptPlace } from '@shared/models/settings';

/** Where the application keeps what: absolute paths, of which some may not exist yet. */
export function placesIn(userData: string, logs: string): Readonly<Record<KeptPlace, string>> {
  return {
    profiles: join(userData, 'profiles'),
    knownHosts: join(userData, 'known_hosts'),
    settings: join(userData, 'settings.json'),
    workspaces: join(userData, 'workspaces'),
    savedQueries: join(userData, 'saved-queries'),
    history: join(userData, 'history.jsonl'),
    results: join(userData, 'temp', 'results'),
    logs,
  };
}

/** The path itself where it exists, or else the nearest folder above it that does. */
export function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path));
}
