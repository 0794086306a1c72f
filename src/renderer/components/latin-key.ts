/**
 * A key by its Latin letter in lower case, also where the layout has other letters, or Alt makes another
 * sign of it: it is named by its place then.
 */
export function latinKey({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string {
  const placed = /^Key([A-Z])$/u.exec(code)?.[1];
  const isLatin = /^[\u0020-\u007e]/u.test(key);
  return (isLatin ? key : (placed ?? key)).toLowerCase();
}
