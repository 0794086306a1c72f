import { z } from 'zod';
import {
  exportableResultSchema,
  exportFormats,
  exportOptionsSchema,
  exportSourceSchema,
  exportSummarySchema,
  previewSourceSchema,
} from '../models/export';
import { parameterValuesSchema } from '../models/query-parameter';
import { sqlTextSchema } from '../models/sql-text';

const exportRef = z.strictObject({ exportId: z.uuid() });
/** Stands for a file that a person chose in a native dialog: the page never learns or gives a path. */
const fileRef = z.strictObject({ fileId: z.uuid() });

/** Calls about writing results and tables to files. */
export const exportCalls = {
  /** Whether the statement of a tab can be run again to export all its rows, and where they are from. */
  'export:describe-result': {
    request: z.strictObject({
      connectionId: z.uuid(),
      tabId: z.uuid(),
      statement: sqlTextSchema,
      parameters: parameterValuesSchema.optional(),
      /** The relation that all columns are from, 0 where there is none. */
      tableOid: z.number().int().min(0),
    }),
    response: exportableResultSchema,
  },
  /** The beginning of the file that these options would make. */
  'export:preview': {
    request: z.strictObject({ options: exportOptionsSchema, source: previewSourceSchema }),
    response: z.object({ text: z.string() }),
  },
  /** Opens the native dialog; null when the person cancelled it. */
  'export:choose-file': {
    request: z.strictObject({ format: z.enum(exportFormats), suggestedName: z.string().max(200) }),
    response: fileRef.extend({ name: z.string() }).nullable(),
  },
  /** Writes the file and answers when it is complete. A chosen file is written once. */
  'export:start': {
    request: exportRef.extend({
      fileId: z.uuid(),
      options: exportOptionsSchema,
      source: exportSourceSchema,
    }),
    response: exportSummarySchema,
  },
  /** Stops an export: nothing of its file stays, and an older file is untouched. */
  'export:cancel': { request: exportRef, response: z.void() },
  /** Shows a file that an export has written in the system's file manager. */
  'export:show-in-folder': { request: fileRef, response: z.void() },
} as const;
