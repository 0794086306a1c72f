import { z } from 'zod';
import { savedQueryDraftSchema, savedQuerySchema } from '../models/saved-query';

const queryRef = z.strictObject({ id: z.uuid() });

/** The calls of queries that were given a name. */
export const savedQueryCalls = {
  /** In order of name. */
  'saved-query:list': { request: z.undefined(), response: z.array(savedQuerySchema) },
  /** Raises NotFound where it is gone. */
  'saved-query:get-text': { request: queryRef, response: z.string() },
  'saved-query:save': { request: savedQueryDraftSchema, response: savedQuerySchema },
  /** Raises NotFound where it is gone. */
  'saved-query:rename': {
    request: queryRef.extend({ name: savedQuerySchema.shape.name }),
    response: savedQuerySchema,
  },
  'saved-query:remove': { request: queryRef, response: z.void() },
  /** Takes back the last replacement, renaming or removal, until the app ends. */
  'saved-query:restore': { request: queryRef, response: z.void() },
} as const;
