import type { DatabaseErrorData } from '../models/database-error';

/** How every answer crosses from main: Electron's invoke keeps only an error's message (electron#24427). */
export type Envelope<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: DatabaseErrorData };
