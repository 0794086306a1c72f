/** Round trips above this many milliseconds are shown as slow. */
export const slowMs = 250;
