import type { ParameterValues } from '@shared/models/query-parameter';
import type { RunTarget } from '@shared/models/query-result';
import type { TabOptions } from '@shared/models/tab-options';
import type { ExplainMode } from '@shared/sql/explain';
import type { Turn } from '../../../turn';
import type { OpenConnection } from '../../connections/open-connection';
import type { OnSending } from '../../history/record-run';
import type { Confirm } from '../confirmation/confirmation';
import type { TabSession } from '../session/tab-session';
import type { Execution } from './execution';

/** What an editor tab asks to run. */
export interface RunRequest {
  readonly tabId: string;
  readonly executionId: string;
  readonly text: string;
  readonly target: RunTarget;
  /** Whether the tab's earlier results stay, as after a COMMIT; otherwise they are freed. */
  readonly keepsResults?: boolean | undefined;
  /** Values of the parameters by name, for all statements of the run. */
  readonly parameters?: ParameterValues | undefined;
  /** Whether the statements are to be explained in place of being run. */
  readonly explain?: ExplainMode | undefined;
  /** Rows to read of each result before it is shown. */
  readonly firstRows?: number | undefined;
  /** What the tab asks of its statements; when left out, what it asked for last. */
  readonly options?: TabOptions | undefined;
}

/** How far a run is: statements, and the share of the rows of a COPY that were sent. */
export interface RunProgress {
  readonly completed: number;
  readonly total: number;
  /** From 0 to 1. */
  readonly sentShare?: number;
}

export interface RunHooks {
  /** Asks a person before risky statements are sent. */
  readonly confirm: Confirm;
  readonly onProgress: (progress: RunProgress) => void;
  /** Told when a person begins to be asked, and when that is over. Nothing runs in between. */
  readonly onQuestion?: (isOpen: boolean) => void;
  /** Told of the statements right before the first of them is sent. */
  readonly onSending?: OnSending;
}

/** One run of statements, on its way. */
export interface Run {
  readonly connection: OpenConnection;
  readonly session: TabSession;
  readonly execution: Execution;
  readonly request: RunRequest;
  readonly hooks: RunHooks;
  /** Whether the tab needed its very session when the run began. */
  readonly isBound: boolean;
  /** Which the steps over a long script pass on. */
  readonly turn: Turn;
}
