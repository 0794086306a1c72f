/** An element of an array: its text, null for NULL, or an array within. */
export type ArrayElement = string | null | readonly ArrayElement[];

/**
 * The elements of an array as the server writes it (PostgreSQL manual, 8.15.6), without the bounds that
 * may stand in front; null where the text is no array. `delimiter` is the element type's: a comma for
 * all built-in types but box.
 */
export function parseArray(text: string, delimiter = ','): readonly ArrayElement[] | null {
  let position = /^(?:\[-?\d+:-?\d+\])+=/u.exec(text)?.[0].length ?? 0;
  const readQuoted = (): string => {
    let value = '';
    for (position += 1; text[position] !== '"'; position += 1) {
      if (text[position] === '\\') position += 1;
      const character = text[position];
      if (character === undefined) throw new SyntaxError('A quote is missing.');
      value += character;
    }
    position += 1;
    return value;
  };
  const readPlain = (): string | null => {
    const start = position;
    while (position < text.length && text[position] !== delimiter && text[position] !== '}') {
      position += text[position] === '\\' ? 2 : 1;
    }
    const value = text.slice(start, position);
    if (value === '') throw new SyntaxError('An element is missing.');
    return value === 'NULL' ? null : value.replaceAll(/\\(.)/gsu, '$1');
  };
  const readArray = (): readonly ArrayElement[] => {
    if (text[position] !== '{') throw new SyntaxError('A brace is missing.');
    position += 1;
    const elements: ArrayElement[] = [];
    if (text[position] === '}') {
      position += 1;
      return elements;
    }
    for (;;) {
      const character = text[position];
      elements.push(
        character === '{' ? readArray() : character === '"' ? readQuoted() : readPlain(),
      );
      const separator = text[position];
      position += 1;
      if (separator === '}') return elements;
      if (separator !== delimiter) throw new SyntaxError('A delimiter is missing.');
    }
  };
  try {
    const elements = readArray();
    return position === text.length ? elements : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The bounds of one dimension of an array. */
export interface ArrayDimension {
  readonly lower: number;
  readonly length: number;
}

/** The dimensions of an array as the server writes it, the outermost first; none for an empty one. */
export function arrayDimensions(
  text: string,
  elements: readonly ArrayElement[],
): readonly ArrayDimension[] {
  const written = /^(?:\[-?\d+:-?\d+\])+(?==)/u.exec(text)?.[0] ?? '';
  const lowers = [...written.matchAll(/\[(-?\d+):/gu)].map(([, lower]) => Number(lower));
  const dimensions: ArrayDimension[] = [];
  let level: ArrayElement | undefined = elements;
  while (level !== null && typeof level === 'object' && level.length > 0) {
    dimensions.push({ lower: lowers[dimensions.length] ?? 1, length: level.length });
    [level] = level;
  }
  return dimensions;
}
