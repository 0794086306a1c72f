import { objectRefSchema, type ObjectRef } from '@shared/models/search';

/** How many objects are remembered for each connection. */
const mostRecent = 30;

const storageKey = (workspace: string): string => `postern.recent-objects.${workspace}`;

/** The objects that were chosen last in a connection's palette, newest first. */
export function recentObjects(workspace: string): readonly ObjectRef[] {
  const stored = localStorage.getItem(storageKey(workspace));
  if (stored === null) return [];
  const parsed = objectRefSchema.array().safeParse(jsonOf(stored));
  return parsed.success ? parsed.data.slice(0, mostRecent) : [];
}

/** Puts an object before all others. */
export function rememberObject(workspace: string, { kind, oid, column }: ObjectRef): void {
  const others = recentObjects(workspace).filter(
    (other) => other.kind !== kind || other.oid !== oid || other.column !== column,
  );
  const recent = [{ kind, oid, column }, ...others].slice(0, mostRecent);
  localStorage.setItem(storageKey(workspace), JSON.stringify(recent));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not what this app wrote: there is nothing to remember.
    return null;
  }
}
