import { isJsonType } from '@shared/formats/built-in-types';
import type { ResultColumn } from '@shared/models/query-result';
import { parseArray } from './array-literal';
import { imageType, parseHexBytes } from './bytes';
import { valueParts } from './value-parts';

/** A way to show one value; `sent` is the text as the server sent it. */
export type ValueForm = 'tree' | 'lines' | 'image' | 'hex' | 'list' | 'parts' | 'sent';

export const formLabels: Readonly<Record<ValueForm, string>> = {
  tree: 'Tree',
  lines: 'Text',
  image: 'Image',
  hex: 'Hex',
  list: 'List',
  parts: 'Parts',
  sent: 'As sent',
};

/** The oid of bytea (pg_type.dat). */
export const byteaType = 17;
/** Longer JSON is not made into a tree at once. UTF-16 units. */
const maxTreeText = 2 * 1024 * 1024;

/** The forms of a value, the most telling first. */
export function formsOf(
  { typeOid, type }: Pick<ResultColumn, 'typeOid' | 'type'>,
  text: string | null,
): readonly ValueForm[] {
  if (text === null) return ['sent'];
  if (isJsonType(typeOid)) {
    if (!/^\s*[{[]/u.test(text)) return ['sent'];
    return text.length > maxTreeText ? ['lines', 'sent'] : ['tree', 'lines', 'sent'];
  }
  if (typeOid === byteaType) {
    const bytes = parseHexBytes(text);
    if (bytes === null) return ['sent'];
    return imageType(bytes) === null ? ['hex', 'sent'] : ['image', 'hex', 'sent'];
  }
  if (type.endsWith('[]') && parseArray(text) !== null) return ['list', 'sent'];
  if (valueParts({ typeOid }, text) !== null) return ['parts', 'sent'];
  return ['sent'];
}
