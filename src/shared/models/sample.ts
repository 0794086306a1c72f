import { z } from 'zod';

/** Progress of starting the local sample server. */
export const sampleProgressSchema = z.object({
  step: z.enum([
    'preparing',
    'initialising',
    'starting',
    'creating schema',
    'loading rows',
    'analysing',
    'ready',
  ]),
  /** One sentence for a person. */
  message: z.string(),
  /** From 0 to 1. */
  fraction: z.number().min(0).max(1),
});
export type SampleProgress = z.infer<typeof sampleProgressSchema>;
