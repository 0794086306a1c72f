import { z } from 'zod';

/**
 * When a trigger, rule or event trigger fires, by session_replication_role (manual, ALTER TABLE):
 * origin is the normal case.
 */
export const firingSchema = z.enum(['origin', 'replica', 'always', 'disabled']);
