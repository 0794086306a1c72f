import { z } from 'zod';

/** A document whose every part tells which save it belongs to. */
export const generationsSchema = z.object({ number: z.number().int(), parts: z.array(z.number()) });
export type Generation = z.infer<typeof generationsSchema>;

export const emptyGenerations: Generation = { number: 0, parts: [] };

/** Large enough (about 300 kB) that a write takes a while. */
export const generation = (number: number): Generation => ({
  number,
  parts: Array.from({ length: 40_000 }, () => number),
});
