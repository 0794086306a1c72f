/** Names that Windows keeps for devices, with any ending ("Naming Files, Paths, and Namespaces"). */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)$/iu;
/** Characters of a suggested name, without its ending. */
const longestName = 100;

/** A file name that every file system takes: it may come from a relation's name, which can be anything. */
export function safeFileName(name: string): string {
  const safe = name
    // oxlint-disable-next-line no-control-regex -- no file system takes control characters
    .replaceAll(/[\u0000-\u001f\u007f<>:"/\\|?*]+/gu, '_')
    .slice(0, longestName)
    .replaceAll(/^[.\s]+|[.\s]+$|[\ud800-\udbff]$/gu, '');
  if (safe === '') return 'export';
  return deviceName.test(safe) ? `${safe}_` : safe;
}
