const storageKey = 'postern.value-width';
/** CSS pixels that the panel of a value keeps at least. */
export const minimumDetailWidth = 240;

/** The width that a person gave the panel of a value last, in CSS pixels; about a third at the first time. */
export function detailWidth(): number | string {
  const stored = Number(localStorage.getItem(storageKey));
  return stored >= minimumDetailWidth ? stored : '34%';
}

/** Keeps a width in CSS pixels for the next value. */
export function keepDetailWidth(width: number): void {
  if (width >= minimumDetailWidth) localStorage.setItem(storageKey, String(Math.round(width)));
}
