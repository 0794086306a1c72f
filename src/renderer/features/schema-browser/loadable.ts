import type { DatabaseErrorData } from '@shared/models/database-error';

/** Something that main is asked for. What was read before stays to be shown while it is read anew. */
export type Loadable<T> =
  | { readonly status: 'loading'; readonly value?: T }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly error: DatabaseErrorData; readonly value?: T };
