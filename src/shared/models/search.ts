import { z } from 'zod';
import { relationKinds } from './table';
import { routineKinds } from './routine';

/** What the search finds in a database. */
export const objectKinds = ['schema', ...relationKinds, ...routineKinds, 'type', 'column'] as const;
export const objectKindSchema = z.enum(objectKinds);
export type ObjectKind = z.infer<typeof objectKindSchema>;

/** Groups of kinds that a search can be narrowed to. */
export const objectGroups = ['relation', 'routine', 'column', 'type'] as const;
export type ObjectGroup = (typeof objectGroups)[number];

/** The group of each kind; a schema is in none. */
export const groupOfKind: Readonly<Record<ObjectKind, ObjectGroup | null>> = {
  schema: null,
  table: 'relation',
  'partitioned table': 'relation',
  view: 'relation',
  'materialized view': 'relation',
  'foreign table': 'relation',
  sequence: 'relation',
  function: 'routine',
  procedure: 'routine',
  aggregate: 'routine',
  'window function': 'routine',
  type: 'type',
  column: 'column',
};

/** Names an object of the catalog: by oid, and a column by its number too (0 for none). */
export const objectRefSchema = z.object({
  kind: objectKindSchema,
  oid: z.number().int(),
  column: z.number().int(),
});
export type ObjectRef = z.infer<typeof objectRefSchema>;

/** One object that fits what was typed. */
export const searchHitSchema = objectRefSchema.extend({
  schema: z.string(),
  /** The column's relation; null for everything else. */
  relation: z.string().nullable(),
  name: z.string(),
  /** The arguments of a routine, which tell overloads apart; null for everything else. */
  arguments: z.string().nullable(),
  /** Whether the current user may use it. */
  canUse: z.boolean(),
  /** Higher fits better; comparable with what scoreText gives. */
  score: z.number(),
  /** Offsets in `name`, in UTF-16 units, of what fits. */
  marks: z.array(z.number().int()),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

/** The best hits of one search, best first. */
export const searchAnswerSchema = z.object({
  hits: z.array(searchHitSchema),
  /** How many objects fit altogether. */
  total: z.number().int(),
  /** Whether a later search of the same window stopped this one; its hits are then none. */
  isSuperseded: z.boolean(),
});
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;
