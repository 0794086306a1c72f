/**
 * Chromium keeps layout positions in 1/64 of a physical pixel in 32 bits, so that no element is taller
 * than 33,554,431 physical pixels: half as many CSS pixels at a device scale of 2. Scroll positions are
 * 32-bit floats, which tell every pixel from the next up to 2^24 only: beyond it the end of the content
 * could not be reached to the pixel.
 */
const maxPhysicalHeight = 16_000_000;

/** Sizes are rounded to physical pixels: this near to its end a scroll bar is at its end, CSS pixels. */
const endTolerance = 2;

/** How content of any height is scrolled through an element that Chromium can lay out. All in CSS pixels. */
export interface ScrollScale {
  /** Height of the content as it would be without a limit. */
  readonly contentHeight: number;
  /** Height of the element that the browser scrolls. */
  readonly elementHeight: number;
  /** Height of the part that is seen. */
  readonly viewportHeight: number;
  /** Whether a pixel of the scroll bar stands for more than a pixel of content. */
  readonly isScaled: boolean;
}

/** Works out the height of the scrolled element for content of `contentHeight` CSS pixels. */
export function scrollScale(
  contentHeight: number,
  viewportHeight: number,
  devicePixelRatio: number,
): ScrollScale {
  const limit = Math.floor(maxPhysicalHeight / Math.max(1, devicePixelRatio));
  const isScaled = contentHeight > limit;
  return {
    contentHeight,
    elementHeight: isScaled ? limit : contentHeight,
    viewportHeight,
    isScaled,
  };
}

const scrollableContent = (scale: ScrollScale): number =>
  Math.max(0, scale.contentHeight - scale.viewportHeight);

const scrollableElement = (scale: ScrollScale): number =>
  Math.max(0, scale.elementHeight - scale.viewportHeight);

/** Keeps a content offset between the first and the last one that can be shown. */
export function clampOffset(scale: ScrollScale, offset: number): number {
  return Math.min(Math.max(0, offset), scrollableContent(scale));
}

/** The content offset that a scroll position of the element stands for: what dragging the thumb gives. */
export function offsetOfScrollTop(scale: ScrollScale, scrollTop: number): number {
  if (!scale.isScaled) return clampOffset(scale, scrollTop);
  const scrollable = scrollableElement(scale);
  if (scrollTop >= scrollable - endTolerance) return scrollableContent(scale);
  return (Math.max(0, scrollTop) / scrollable) * scrollableContent(scale);
}

/** The scroll position whose thumb stands where `offset` lies in the content. */
export function scrollTopOfOffset(scale: ScrollScale, offset: number): number {
  const clamped = clampOffset(scale, offset);
  if (!scale.isScaled) return clamped;
  const scrollable = scrollableContent(scale);
  return scrollable === 0 ? 0 : (clamped / scrollable) * scrollableElement(scale);
}

/** The offset that brings a row into view with the least movement; `offset` itself when it is in view. */
export function offsetToReveal(
  scale: ScrollScale,
  offset: number,
  row: number,
  rowHeight: number,
): number {
  const top = row * rowHeight;
  if (top < offset) return clampOffset(scale, top);
  const lowest = top + rowHeight - scale.viewportHeight;
  return clampOffset(scale, lowest > offset ? lowest : offset);
}
