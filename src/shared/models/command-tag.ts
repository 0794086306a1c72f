/**
 * The number at the end of a command tag such as "INSERT 0 5" and "SELECT 3", which counts rows; null
 * for "CREATE TABLE" and where there is no tag (manual, "Message Formats", CommandComplete).
 */
export function rowCountOf(commandTag: string | null): number | null {
  const digits = / (\d+)$/.exec(commandTag ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}
