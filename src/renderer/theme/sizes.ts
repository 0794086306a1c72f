import type { Settings } from '@shared/models/settings';
import { useSettings } from '../api/settings';

/** The height of a line for each size of the letters. */
const lineHeight = 1.6;
/** CSS pixels of a row of a grid. */
const rowHeights: Readonly<Record<Settings['gridDensity'], number>> = {
  compact: 22,
  regular: 26,
  spacious: 32,
};

/** Gives the style sheets the sizes that a person chose, now and after each change of them. */
export function startSizes(): void {
  apply(useSettings.getState());
  useSettings.subscribe(apply);
}

function apply({ editorFontSize, gridDensity }: Settings): void {
  const { style } = document.documentElement;
  style.setProperty('--editor-font-size', `${editorFontSize}px`);
  // Whole pixels: lines of a fraction are drawn at uneven distances.
  style.setProperty('--editor-line-height', `${Math.round(editorFontSize * lineHeight)}px`);
  style.setProperty('--grid-row-height', `${rowHeights[gridDensity]}px`);
}
