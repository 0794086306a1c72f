import { cellBytes, type RowBatch } from '@shared/models/row-batch';
import { unseenSign } from '../printable';

/** Characters of a value that a grid cell shows; more than any cell is wide. */
const maxShownCharacters = 500;
/** UTF-8 takes at most four bytes for a character. */
const maxShownBytes = maxShownCharacters * 4;

/** A run of characters as they are, or a mark that stands for a character that cannot be seen. */
export interface CellSegment {
  readonly kind: 'text' | 'mark';
  readonly text: string;
}

/**
 * Characters that would break a line, be invisible, or reorder what stands around them: C0 and C1
 * controls, line separators, zero-width and bidirectional formatting characters (Unicode Standard
 * Annex 9; CVE-2021-42574). Joiners (U+200C, U+200D) stay: emoji and several scripts need them.
 */
const unseen =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** Splits text into what is shown as it is and marks for what cannot be seen. */
export function cellSegments(text: string): CellSegment[] {
  const segments: CellSegment[] = [];
  let end = 0;
  for (const match of text.matchAll(unseen)) {
    if (match.index > end) segments.push({ kind: 'text', text: text.slice(end, match.index) });
    segments.push({ kind: 'mark', text: unseenSign(match[0]) });
    end = match.index + match[0].length;
  }
  if (end < text.length) segments.push({ kind: 'text', text: text.slice(end) });
  return segments;
}

/** Text as wide as a cell shows it: with the marks in place of what cannot be seen. */
export function withMarks(text: string): string {
  return text.replaceAll(unseen, unseenSign);
}

/** Whether text holds a character that needs a mark. */
export function hasUnseenCharacters(text: string): boolean {
  return text.search(unseen) >= 0;
}

// A byte order mark at the beginning of a value is part of the value.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The beginning of a cell's text, for showing: at most 500 characters, with an ellipsis when there are
 * more. It decodes no more bytes than that, however long the value is. Null for NULL. Raises
 * RangeError outside the batch.
 */
export function cellPreview(batch: RowBatch, row: number, column: number): string | null {
  const bytes = cellBytes(batch, row, column);
  if (bytes === null) return null;
  let shownBytes = bytes.length;
  if (shownBytes > maxShownBytes) {
    shownBytes = maxShownBytes;
    // Bytes 10xxxxxx continue a character (RFC 3629): stop before one that would be cut.
    while (((bytes[shownBytes] ?? 0) & 0xc0) === 0x80) shownBytes -= 1;
  }
  const text = decoder.decode(bytes.subarray(0, shownBytes));
  if (shownBytes === bytes.length && text.length <= maxShownCharacters) return text;
  return `${wholeCharacters(text, maxShownCharacters)}…`;
}

/** At most `length` UTF-16 units, never half of a surrogate pair. */
function wholeCharacters(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  const isHighSurrogate = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isHighSurrogate ? length - 1 : length);
}
