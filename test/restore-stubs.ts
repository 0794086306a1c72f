import { afterAll, vi } from 'vitest';

type Globals = Readonly<Record<string, PropertyDescriptor | undefined>>;

/** The files of a worker share their globals (isolate: false): what one of them stubs ends with it. */
const before: Globals = Object.getOwnPropertyDescriptors(globalThis);

afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  const after: Globals = Object.getOwnPropertyDescriptors(globalThis);
  const changed = Object.keys({ ...before, ...after }).filter((name) => {
    const was = before[name];
    // Node.js makes some when they are first asked for, and packages keep some for all their copies.
    const mayChange = was?.get !== undefined || name.startsWith('__');
    return !mayChange && !Object.is(was?.value, after[name]?.value);
  });
  if (changed.length === 0) return;
  throw new Error(`The file leaves globals changed: ${changed.join(', ')}. Use vi.stubGlobal.`);
});
