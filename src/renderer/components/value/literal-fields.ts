/**
 * Fields parted by commas as the server writes them in ranges and composite values (PostgreSQL manual,
 * 8.17.5 and 8.16.6): what is special stands in double quotes or behind a backslash, and within quotes a
 * quote is doubled. A field without any text is null. Ends at the first of `closing` outside of quotes.
 */
export function readFields(
  text: string,
  start: number,
  closing: string,
): { readonly fields: readonly (string | null)[]; readonly end: number } | null {
  const fields: (string | null)[] = [];
  let field: string | null = null;
  let isQuoted = false;
  for (let position = start; position < text.length; position += 1) {
    const character = text[position] ?? '';
    if (character === '\\') {
      position += 1;
      field = (field ?? '') + (text[position] ?? '');
    } else if (character === '"') {
      if (isQuoted && text[position + 1] === '"') {
        field = `${field ?? ''}"`;
        position += 1;
      } else {
        isQuoted = !isQuoted;
        field ??= '';
      }
    } else if (!isQuoted && character === ',') {
      fields.push(field);
      field = null;
    } else if (!isQuoted && closing.includes(character)) {
      return { fields: [...fields, field], end: position };
    } else {
      field = (field ?? '') + character;
    }
  }
  return null;
}

/** The fields of a composite value, null for NULL; null where the text is none. */
export function parseComposite(text: string): readonly (string | null)[] | null {
  if (!text.startsWith('(')) return null;
  const read = readFields(text, 1, ')');
  return read === null || read.end !== text.length - 1 ? null : read.fields;
}
