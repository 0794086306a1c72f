/** Round trips above this many milliseconds are shown as slow. */
export const slowMs = 250;

/** A round trip in milliseconds as a person reads it. */
export function latencyText(milliseconds: number): string {
  return milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : `${Math.round(milliseconds)} ms`;
}
