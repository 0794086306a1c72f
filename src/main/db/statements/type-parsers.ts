import type { CustomTypesConfig } from 'pg';

const asSent = (text: string): string => text;

/**
 * The one type-parser policy: every value is the exact text that the server sent. pg's own parsers
 * would round float8, cut timestamps to milliseconds and rewrite json.
 */
export const exactText: CustomTypesConfig = { getTypeParser: () => asSent };
