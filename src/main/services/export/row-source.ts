import type { ResultColumn } from '@shared/models/query-result';
import type { RowBatch } from '@shared/models/row-batch';

/** What an export needs to know of a column. A domain's values have the OID of its base type. */
export interface ExportColumn extends Pick<ResultColumn, 'name' | 'typeOid'> {
  /** The relation's oid and column number, 0 for an expression; left out where the rest is known. */
  readonly tableOid?: number;
  readonly tableColumn?: number;
  /** Computed from other columns: INSERT can give it no value. */
  readonly isGenerated?: boolean;
  /** GENERATED ALWAYS AS IDENTITY. */
  readonly isIdentityAlways?: boolean;
}

/**
 * Rows to export, read once and in order: from a portal, from a store of results, or from memory.
 * The next batch is asked for when the last one is written, so that no more than one is in memory.
 */
export interface RowSource {
  readonly columns: readonly ExportColumn[];
  /** Whole cells, none cut. Raises DatabaseError. */
  batches(): AsyncIterable<RowBatch>;
}

/** Hands a source to whoever reads it, and frees what it holds once that is over. */
export type OpenSource = <T>(
  signal: AbortSignal,
  consume: (source: RowSource) => Promise<T>,
) => Promise<T>;
