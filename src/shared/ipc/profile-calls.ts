import { z } from 'zod';
import { connectionProfileSchema } from '../models/connection-profile';
import {
  importChoiceSchema,
  importPreviewSchema,
  importSourceSchema,
  importSummarySchema,
} from '../models/profile-transfer';

const folderName = z.string().trim().min(1, 'Give the folder a name.').max(100);
const profiles = z.array(connectionProfileSchema);

/** Calls about the list of saved connections as a whole: its order, its folders, files of others. */
export const profileCalls = {
  /** Moves a profile into `folder` (null: none), ahead of `before` (null: at the end). */
  'profile:reorder': {
    request: z.strictObject({
      id: z.uuid(),
      folder: folderName.nullable(),
      before: z.uuid().nullable(),
    }),
    response: profiles,
  },
  /** `to` null takes the connections out of the folder. */
  'profile:rename-folder': {
    request: z.strictObject({ from: folderName, to: folderName.nullable() }),
    response: profiles,
  },
  /** Copies a profile with its password, which stays in main. */
  'profile:duplicate': {
    request: z.strictObject({ id: z.uuid() }),
    response: connectionProfileSchema,
  },
  /** Reads connections from a file; null when the person cancelled the dialog for choosing it. */
  'profile:read-import': {
    request: z.strictObject({ source: importSourceSchema }),
    response: importPreviewSchema.nullable(),
  },
  'profile:import': {
    request: z.strictObject({
      importId: z.uuid(),
      choices: z.array(importChoiceSchema).max(10_000),
    }),
    response: importSummarySchema,
  },
  /** Writes connections without secrets to a file that the person chooses; null when cancelled. */
  'profile:export': {
    request: z.strictObject({ ids: z.array(z.uuid()).min(1).max(10_000) }),
    response: z.object({ name: z.string(), count: z.number().int() }).nullable(),
  },
} as const;
