import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keptPlaces } from '../../../../src/shared/models/settings';
import { nearestExisting, placesIn } from '../../../../src/main/storage/places';

let folder = '';
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'postern-places-')));
  await mkdir(join(folder, 'workspaces'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('places', () => {
  it('are named in full', () => {
    const places = placesIn(folder, join(folder, 'logs'));
    for (const place of keptPlaces) expect(places[place].startsWith(folder)).toBe(true);
    // What people look for: their texts.
    expect(keptPlaces).toEqual(
      expect.arrayContaining(['workspaces', 'savedQueries', 'history', 'knownHosts']),
    );
    expect(new Set(Object.values(places)).size).toBe(keptPlaces.length);
  });

  it('are shown where they will be while they do not exist', () => {
    const places = placesIn(folder, join(folder, 'logs'));
    expect(nearestExisting(places.workspaces)).toBe(places.workspaces);
    expect(nearestExisting(places.results)).toBe(folder);
  });
});
