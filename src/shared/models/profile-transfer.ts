import { z } from 'zod';

/** Where connections can be imported from. */
export const importSources = ['service', 'pgpass', 'file'] as const;
export const importSourceSchema = z.enum(importSources);
export type ImportSource = z.infer<typeof importSourceSchema>;

const candidateBase = z.object({
  index: z.number().int(),
  /** What the entry is called where it comes from: a section, a line, a name. */
  label: z.string(),
});
const address = z.object({
  name: z.string(),
  host: z.string(),
  port: z.number().int(),
  database: z.string(),
  user: z.string(),
  folder: z.string().optional(),
  /** The SSH host that it leads through. */
  ssh: z.object({ host: z.string() }).optional(),
});

/** One connection that was found. Passwords stay in main: `hasPassword` tells that there is one. */
export const importCandidateSchema = z.discriminatedUnion('state', [
  candidateBase.extend({
    state: z.literal('usable'),
    address,
    hasPassword: z.boolean(),
    /** Settings that were understood but are not supported, by name, and what was filled in. */
    notes: z.array(z.string()),
    /** The saved connection with the same host, port, database and user; null when it is new. */
    existing: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  }),
  candidateBase.extend({ state: z.literal('invalid'), problem: z.string() }),
]);
export type ImportCandidate = z.infer<typeof importCandidateSchema>;
export type UsableCandidate = Extract<ImportCandidate, { state: 'usable' }>;

export const importPreviewSchema = z.object({
  importId: z.uuid(),
  source: importSourceSchema,
  /** The file that was read. */
  path: z.string(),
  candidates: z.array(importCandidateSchema),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

/** What to do with a candidate; those that are not named are left out. */
export const importChoiceSchema = z.strictObject({
  index: z.number().int().min(0),
  /** `replace` changes the saved connection at the same address. */
  action: z.enum(['add', 'replace']),
});
export type ImportChoice = z.infer<typeof importChoiceSchema>;

export const importSummarySchema = z.object({
  added: z.number().int(),
  replaced: z.number().int(),
});
export type ImportSummary = z.infer<typeof importSummarySchema>;
