/** Milliseconds between two reports of progress: as often as an eye can follow. */
const interval = 100;

/** Reports of which only the latest matters. */
export interface SeldomReports<T> {
  readonly report: (value: T) => void;
  /** Drops what was not handed on yet: the end is told in another way. */
  readonly stop: () => void;
}

/**
 * Hands on the latest report ten times a second: a script of thousands of quick statements would keep
 * its window busy with nothing but drawing how far it is, and what is over sooner has none to draw.
 */
export function seldom<T>(handOn: (value: T) => void): SeldomReports<T> {
  let latest: { readonly value: T } | null = null;
  let timer: NodeJS.Timeout | undefined;
  return {
    report: (value) => {
      latest = { value };
      timer ??= setTimeout(() => {
        timer = undefined;
        if (latest !== null) handOn(latest.value);
      }, interval);
    },
    stop: () => clearTimeout(timer),
  };
}
