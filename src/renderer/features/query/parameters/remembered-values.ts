import type { QueryParameter } from '@shared/models/query-parameter';
import type { RememberedValue } from '@shared/models/workspace';

/** As many as the saved workspace holds; the oldest go first. */
const maxValues = 500;
/** A longer value is kept for this session alone, UTF-16 units. */
const maxSaved = 10_000;

/** A value of this session: a secret one has its text here and nowhere else. */
interface SessionValue extends RememberedValue {
  readonly isSecret: boolean;
}

const workspaces = new Map<string, Map<string, SessionValue>>();

/** What a value belongs to within a workspace. */
export const parameterKey = ({
  name,
  statement,
}: Pick<QueryParameter, 'name' | 'statement'>): string => JSON.stringify([name, statement]);

/** Takes over what was saved of a workspace. Values of this session stay. */
export function restoreValues(workspace: string, saved: readonly RememberedValue[]): void {
  const values = new Map<string, SessionValue>();
  for (const value of saved) {
    values.set(parameterKey(value), { ...value, isSecret: value.isSecret === true });
  }
  for (const [key, value] of workspaces.get(workspace) ?? []) values.set(key, value);
  workspaces.set(workspace, values);
}

/** Whether a parameter is called like something that is not to be kept, unless a person says otherwise. */
export function namesSecret({ name }: Pick<QueryParameter, 'name'>): boolean {
  return /passw|pwd|passphrase|secret|token|(?:api|private|access)_?key/iu.test(name);
}

/** The value that a parameter had last in this workspace. */
export function rememberedValue(
  workspace: string,
  parameter: QueryParameter,
): { readonly value: string | null; readonly isSecret: boolean } | null {
  return workspaces.get(workspace)?.get(parameterKey(parameter)) ?? null;
}

/** Keeps a value for the next run. */
export function rememberValue(
  workspace: string,
  { name, statement }: QueryParameter,
  { value, isSecret }: { readonly value: string | null; readonly isSecret: boolean },
): void {
  const values = workspaces.get(workspace) ?? new Map<string, SessionValue>();
  const key = parameterKey({ name, statement });
  // The newest is the last.
  values.delete(key);
  values.set(key, { name, statement, value, isSecret });
  for (const oldest of values.keys()) {
    if (values.size <= maxValues) break;
    values.delete(oldest);
  }
  workspaces.set(workspace, values);
}

/** What may be saved: of a secret, that it is one. */
export function savedValues(workspace: string): RememberedValue[] {
  const saved: RememberedValue[] = [];
  for (const { name, statement, value, isSecret } of workspaces.get(workspace)?.values() ?? []) {
    if (isSecret) saved.push({ name, statement, value: '', isSecret });
    else if ((value?.length ?? 0) <= maxSaved) saved.push({ name, statement, value });
  }
  return saved;
}
