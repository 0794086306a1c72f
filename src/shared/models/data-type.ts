import { z } from 'zod';

const common = {
  oid: z.number().int(),
  schema: z.string(),
  name: z.string(),
  owner: z.string(),
  /** The extension that it belongs to. */
  extension: z.string().nullable(),
  comment: z.string().nullable(),
};

/** A type of a schema. Array types, multiranges and the row types of tables come with others and are not listed. */
export const dataTypeSchema = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('enum'),
    /** In the enum's order. */
    labels: z.array(z.string()),
  }),
  z.object({
    ...common,
    kind: z.literal('composite'),
    attributes: z.array(
      z.object({ name: z.string(), type: z.string(), collation: z.string().nullable() }),
    ),
  }),
  z.object({
    ...common,
    kind: z.literal('domain'),
    baseType: z.string(),
    /** Null for that of the base type. */
    collation: z.string().nullable(),
    nullable: z.boolean(),
    default: z.string().nullable(),
    checks: z.array(z.object({ name: z.string(), definition: z.string() })),
  }),
  z.object({
    ...common,
    kind: z.literal('range'),
    subtype: z.string(),
    multirange: z.string(),
    /** Further options of CREATE TYPE that are not what it would choose. */
    options: z.array(z.tuple([z.string(), z.string()])),
  }),
  /** Written in C: those of the system and of extensions. */
  z.object({ ...common, kind: z.literal('base') }),
]);
export type DataType = z.infer<typeof dataTypeSchema>;
