import { z } from 'zod';

/** What a stored text turned out to be: 'newer' is a document that a newer version of the app wrote. */
export type StoredDocument<T> = { readonly value: T } | 'newer' | 'damaged';

const versionedSchema = z.object({ version: z.number() });

/**
 * Reads a document of the app's own, from JSON. `version` is the one that the schema describes: a
 * document whose `version` is higher is a newer app's, however much of it can be understood.
 */
export function readStored<T>(text: string, schema: z.ZodType<T>, version = 1): StoredDocument<T> {
  try {
    const document: unknown = JSON.parse(text);
    const headed = versionedSchema.safeParse(document);
    if (headed.success && headed.data.version > version) return 'newer';
    const parsed = schema.safeParse(document);
    return parsed.success ? { value: parsed.data } : 'damaged';
  } catch (error) {
    if (error instanceof SyntaxError) return 'damaged';
    throw error;
  }
}
