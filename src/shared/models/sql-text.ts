import { z } from 'zod';

/** A text of SQL that main is given to look at or to run: 64 Mi UTF-16 units at most. */
export const sqlTextSchema = z.string().max(64 * 1024 * 1024);

/** A text that an editor tab holds: the window keeps and highlights all of it. UTF-16 units. */
export const longestTabText = 8 * 1024 * 1024;
