import type { ExportOptions } from '@shared/models/export';

/** Servers round floats in their text where they are told to: a file is to hold them whole. */
const wholeFloats = 'SET LOCAL extra_float_digits = 3';

/**
 * What the values of a file are read under, as SET LOCAL commands. A script is read by another session,
 * which would take 02/03/2024 or the interval "-1 2:03:04" for something else than the session that
 * wrote it, without a word: pg_dump sets the same (PostgreSQL source, setup_connection in pg_dump.c).
 */
export function readingSettings(format: ExportOptions['format']): readonly string[] {
  return format === 'insert'
    ? [wholeFloats, `SET LOCAL DateStyle = 'ISO'`, `SET LOCAL IntervalStyle = 'postgres'`]
    : [wholeFloats];
}
