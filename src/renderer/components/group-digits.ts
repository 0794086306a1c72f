/** A count as people read it; the server's estimate is text and may pass what a number holds. */
export function groupDigits(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}
