const part = /\s*(?:"((?:[^"]|"")*)"?|([^.]*?))\s*(\.|$)/uy;

/**
 * The parts of a name as a person types or pastes it, "schema.table.column", the last one being what is
 * looked for. Double quotes around a part are SQL's, also while the second one is still missing.
 */
export function nameParts(text: string): readonly string[] {
  const parts: string[] = [];
  part.lastIndex = 0;
  for (let match = part.exec(text); match !== null; match = part.exec(text)) {
    const [, quoted, plain = '', end] = match;
    parts.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '') break;
  }
  return parts;
}
