import { z } from 'zod';
import { keptPlaces, placeSchema, settingsChangeSchema, settingsSchema } from '../models/settings';

const nothing = z.undefined();

/** The calls about settings, and about where the application keeps its files. */
export const settingsCalls = {
  'settings:get': { request: nothing, response: settingsSchema },
  'settings:update': { request: settingsChangeSchema, response: settingsSchema },
  'settings:list-places': { request: nothing, response: z.array(placeSchema) },
  /** Shows a place in the system's file manager: itself, or the folder where it will be. */
  'settings:show-place': {
    request: z.strictObject({ place: z.enum(keptPlaces) }),
    response: z.void(),
  },
} as const;
