import { z } from 'zod';
import {
  openedScriptSchema,
  scriptFileSchema,
  scriptSaveSchema,
  scriptsOpeningSchema,
  scriptStateSchema,
} from '../models/script-file';
import { editorTabSchema } from '../models/workspace';

const id = z.uuid();
const text = editorTabSchema.shape.text;

/** The calls about files of SQL. Which files they are, a person says: by a dialog or by dropping them. */
export const fileCalls = {
  /** Asks for files in a native dialog; none where the person cancels. */
  'file:open': { request: z.undefined(), response: scriptsOpeningSchema },
  /** Opens a file that was dropped on the window. */
  'file:open-dropped': {
    request: z.strictObject({ path: z.string().min(1).max(32_768) }),
    response: openedScriptSchema,
  },
  'file:read': { request: z.strictObject({ id }), response: openedScriptSchema },
  /** `version` is the content that may be replaced. */
  'file:save': {
    request: z.strictObject({ id, text, version: scriptFileSchema.shape.version }),
    response: scriptSaveSchema,
  },
  /** Asks where to save in a native dialog; null where the person cancels. */
  'file:save-as': {
    request: z.strictObject({ text, suggestedName: z.string().max(200) }),
    response: scriptFileSchema.nullable(),
  },
  'file:check': {
    request: z.strictObject({ ids: z.array(id).max(500) }),
    response: z.array(scriptStateSchema),
  },
} as const;
