import { app } from 'electron';
import type { settingsCalls } from '@shared/ipc/settings-calls';
import { keptPlaces } from '@shared/models/settings';
import type { Services } from '../compose';
import { showInFolder } from '../dialogs/choose-file';
import { nearestExisting, placesIn } from '../storage/places';
import { applyTheme } from '../window/theme';
import type { Handlers } from './answer';

/** Which service answers the channels of settings; what of them concerns main is applied at once. */
export function createSettingsHandlers({
  settings,
  results,
}: Pick<Services, 'settings' | 'results'>): Pick<Handlers, keyof typeof settingsCalls> {
  const places = placesIn(app.getPath('userData'), app.getPath('logs'));
  return {
    'settings:get': () => settings.get(),
    'settings:update': async (changes) => {
      const updated = await settings.update(changes);
      applyTheme(updated.theme);
      await results.share(updated.resultMemoryMb);
      return updated;
    },
    'settings:list-places': async () => keptPlaces.map((place) => ({ place, path: places[place] })),
    'settings:show-place': async ({ place }) => showInFolder(nearestExisting(places[place])),
  };
}
