import { z } from 'zod';

/** A port of TCP. */
export const portSchema = z
  .number()
  .int()
  .min(1, 'A port is a number from 1 to 65535.')
  .max(65535, 'A port is a number from 1 to 65535.');
