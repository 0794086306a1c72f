const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * `text` if it is no wider than `room`; its longest beginning that is not, with an ellipsis, otherwise.
 * `measure` tells the width of a text, in whatever unit `room` has.
 */
export function cutToWidth(text: string, room: number, measure: (text: string) => number): string {
  let tooLong = text.length;
  let tooWide = measure(text);
  if (tooWide <= room) return text;
  let fitting = 0;
  let width = 0;
  // Characters are mostly about as wide as their neighbours: the next guess is in proportion.
  while (fitting + 1 < tooLong) {
    const share = (room - width) / (tooWide - width);
    const guess = fitting + Math.floor((tooLong - fitting) * share);
    const length = Math.min(Math.max(guess, fitting + 1), tooLong - 1);
    const measured = measure(`${text.slice(0, length)}…`);
    if (measured <= room) {
      fitting = length;
      width = measured;
    } else {
      tooLong = length;
      tooWide = measured;
    }
  }
  // A part of a character is another one: an accent less, or one person of a family.
  const end = characters.segment(text).containing(fitting)?.index ?? fitting;
  return `${text.slice(0, end)}…`;
}
