import type { ParameterValues, QueryParameter } from '@shared/models/query-parameter';
import type { RunTarget } from '@shared/models/query-result';
import { create } from 'zustand';
import { call } from '../../../api/postern';
import { saveSoon } from '../tabs/persistence';
import { useWorkspaces } from '../tabs/workspace-state';
import { rememberValue } from './remembered-values';
import { forgetTypedValues } from './typed-values';

/** What a person gave for one parameter. */
export interface GivenValue {
  readonly parameter: QueryParameter;
  /** Null is NULL. */
  readonly value: string | null;
  /** Whether it may be kept beyond this session. */
  readonly isSecret: boolean;
}

/** Values that are asked for. */
export interface ValueRequest {
  /** Unlike for each request: the form of one is never that of another. */
  readonly id: string;
  readonly connectionId: string;
  readonly tabId: string;
  readonly workspace: string;
  readonly parameters: readonly QueryParameter[];
  /** Null: the person does not want to run. */
  readonly answer: (values: readonly GivenValue[] | null) => void;
}

/** The request that is shown; one at a time, since its dialog is modal. */
export const useValueRequest = create<{ readonly request: ValueRequest | null }>(() => ({
  request: null,
}));

interface RunPlace {
  readonly connectionId: string;
  readonly tabId: string;
  readonly text: string;
  readonly target: RunTarget;
}

/** A cheap look that may say yes where there is none: `$1` or a colon before a name, but no cast. */
export const mayHaveParameters = (text: string): boolean => /\$\d|(?<!:):[\p{L}_]/u.test(text);

/**
 * The values for what is to run: undefined where it has no parameters, null where the person does not
 * want to run it. `isWanted` is asked once the server has told of the parameters: where it says no,
 * nothing is asked and nothing runs. Raises CallError.
 */
export async function askForValues(
  place: RunPlace,
  isWanted: () => boolean = () => true,
): Promise<ParameterValues | null | undefined> {
  const { connectionId, tabId } = place;
  const parameters = await call('query:list-parameters', place);
  if (!isWanted()) return null;
  if (parameters.length === 0) return undefined;
  const workspace = workspaceOf(tabId);
  // The tab was closed meanwhile.
  if (workspace === '') return null;
  dismissValueRequest();
  const given = await new Promise<readonly GivenValue[] | null>((resolve) => {
    const request: ValueRequest = {
      id: crypto.randomUUID(),
      connectionId,
      tabId,
      workspace,
      parameters,
      answer: (values) => {
        // Another request may have taken its place already, and waits for an answer of its own.
        if (useValueRequest.getState().request === request) {
          useValueRequest.setState({ request: null });
        }
        resolve(values);
      },
    };
    useValueRequest.setState({ request });
  });
  if (given === null) return null;
  for (const value of given) rememberValue(workspace, value.parameter, value);
  forgetTypedValues(tabId, parameters);
  saveSoon(workspace);
  return Object.fromEntries(given.map(({ parameter, value }) => [parameter.name, value]));
}

/** Takes back what is asked for, or only what is asked for this tab or workspace: nothing runs. */
export function dismissValueRequest(
  of: Partial<Pick<ValueRequest, 'tabId' | 'workspace'>> = {},
): void {
  const { request } = useValueRequest.getState();
  if (request === null) return;
  const { tabId = request.tabId, workspace = request.workspace } = of;
  if (request.tabId === tabId && request.workspace === workspace) request.answer(null);
}

/** The key of the workspace that has a tab; empty when none has. */
function workspaceOf(tabId: string): string {
  const { workspaces } = useWorkspaces.getState();
  const found = Object.entries(workspaces).find(
    ([, state]) => state.status === 'ready' && state.list.tabs.some(({ id }) => id === tabId),
  );
  return found?.[0] ?? '';
}
