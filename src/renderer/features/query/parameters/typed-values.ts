import type { QueryParameter } from '@shared/models/query-parameter';
import { namesSecret, parameterKey, rememberedValue } from './remembered-values';

/** What the form holds of one parameter: the text stays while NULL is chosen. */
export interface TypedValue {
  readonly text: string;
  readonly isNull: boolean;
  readonly isSecret: boolean;
}

/** What was typed in each tab and not run yet: in the memory of this window, and nowhere else. */
const tabs = new Map<string, Map<string, TypedValue>>();

/** What the form begins with: what was typed before in this tab and not run, or else the value last run with. */
export function initialValue(
  { tabId, workspace }: { readonly tabId: string; readonly workspace: string },
  parameter: QueryParameter,
): TypedValue {
  const typed = tabs.get(tabId)?.get(parameterKey(parameter));
  if (typed !== undefined) return typed;
  const remembered = rememberedValue(workspace, parameter);
  return {
    text: remembered?.value ?? '',
    isNull: remembered !== null && remembered.value === null,
    isSecret: remembered?.isSecret ?? namesSecret(parameter),
  };
}

/** Keeps what is being typed until it is run, or the tab closed. */
export function keepTypedValue(tabId: string, parameter: QueryParameter, value: TypedValue): void {
  const values = tabs.get(tabId) ?? new Map<string, TypedValue>();
  values.set(parameterKey(parameter), value);
  tabs.set(tabId, values);
}

/** Forgets what was typed for parameters that are run now. */
export function forgetTypedValues(tabId: string, parameters: readonly QueryParameter[]): void {
  for (const parameter of parameters) tabs.get(tabId)?.delete(parameterKey(parameter));
}

/** Forgets all that was typed in a tab, which is closed. */
export function dropTypedValues(tabId: string): void {
  tabs.delete(tabId);
}
