import type { FormatOptions, Formatted } from './format-statement';

/** What the worker is asked for. */
export interface FormatRequest {
  readonly id: number;
  readonly statements: readonly string[];
  readonly options: FormatOptions;
}

/** What became of each statement, in order. */
export interface FormatAnswer {
  readonly id: number;
  readonly formatted: readonly Formatted[];
}
