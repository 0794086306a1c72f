/**
 * The errno name (ENOENT), DNS code or TLS code of what the system or Node refused; undefined for any
 * other error. Where several addresses of a host were tried, Node raises an AggregateError whose own
 * code is that of the last attempt, or missing.
 */
export function systemCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) {
    const attempts: readonly unknown[] = error.errors;
    return attempts.map(systemCodeOf).find((code) => code !== undefined);
  }
  return undefined;
}
