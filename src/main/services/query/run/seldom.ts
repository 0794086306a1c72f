/** Milliseconds between two reports of progress: as often as an eye can follow. */
const interval = 100;

/**
 * A function that hands on at most ten reports a second and drops the others: a script of thousands
 * of quick statements would keep its window busy with nothing but drawing how far it is. The end of a
 * run is told by its answer, so none that matters is lost.
 */
export function seldom<T>(report: (value: T) => void, now = (): number => performance.now()) {
  let reportedAt = Number.NEGATIVE_INFINITY;
  return (value: T): void => {
    const time = now();
    if (time - reportedAt < interval) return;
    reportedAt = time;
    report(value);
  };
}
