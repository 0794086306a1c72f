import { z } from 'zod';
import { commandNames } from '../commands';
import { appInfoSchema } from '../models/app-info';
import {
  connectionSchema,
  environmentConnectionSchema,
  secretNameSchema,
} from '../models/connection-profile';
import { dbHealthSchema, poolStatsSchema } from '../models/health';
import { exportProgressSchema } from '../models/export';
import { packedRunSchema } from '../models/packed-run';
import { runTargetSchema } from '../models/query-result';
import { parameterValuesSchema } from '../models/query-parameter';
import { sampleProgressSchema } from '../models/sample';
import { sqlTextSchema } from '../models/sql-text';
import { tabOptionsSchema } from '../models/tab-options';
import { workspaceSchema } from '../models/workspace';
import { explainModes } from '../sql/explain';
import { catalogCalls } from './catalog-calls';
import type { CallChannel, EventChannel } from './channels';
import { exportCalls } from './export-calls';
import { fileCalls } from './file-calls';
import { historyCalls } from './history-calls';
import { profileCalls, type profileSave, typedPassword } from './profile-calls';
import { parameterCalls } from './parameter-calls';
import { resultCalls } from './result-calls';
import { savedQueryCalls } from './saved-query-calls';
import { searchCalls } from './search-calls';
import { settingsSchema } from '../models/settings';
import { settingsCalls } from './settings-calls';
import { tableCalls } from './table-calls';
import { totalCalls } from './total-calls';

const nothing = z.undefined();
const done = z.void();
const connectionRef = z.strictObject({ connectionId: z.uuid() });
const executionRef = z.strictObject({ executionId: z.uuid() });

/** What a connection is opened from. */
const connectionSource = z.discriminatedUnion('kind', [
  /** `password` and `sshSecret` answer a profile whose secrets are asked for each time. */
  z.strictObject({
    kind: z.literal('profile'),
    id: z.uuid(),
    password: typedPassword.optional(),
    sshSecret: typedPassword.optional(),
  }),
  z.strictObject({
    kind: z.literal('environment'),
    source: environmentConnectionSchema.shape.source,
  }),
  /** `reset` builds the sample anew: for one that cannot be started any more. */
  z.strictObject({ kind: z.literal('sample'), reset: z.boolean().optional() }),
]);

/** Every call from the renderer to main: the request that main accepts and the response that it gives. */
export const calls = {
  'app:get-info': { request: nothing, response: appInfoSchema },
  /** Goes on with closing the window, or with quitting the app, after the page has asked. */
  'app:leave': { request: nothing, response: done },
  ...settingsCalls,

  ...profileCalls,

  'connection:open': {
    /** `openId` names the try for `connection:cancel-open`. */
    request: z.strictObject({ source: connectionSource, openId: z.uuid().optional() }),
    response: connectionSchema,
  },
  /** Stops opening; the call that opens answers with Cancelled. Unknown ids are ignored. */
  'connection:cancel-open': { request: z.strictObject({ openId: z.uuid() }), response: done },
  'connection:close': { request: connectionRef, response: done },
  'connection:list': { request: nothing, response: z.array(connectionSchema) },
  'connection:check-health': { request: connectionRef, response: dbHealthSchema },
  /** Logs in by another secret from now on, as long as the connection is open; checks at once. */
  'connection:renew-secret': {
    request: connectionRef.extend({ name: secretNameSchema, secret: typedPassword }),
    response: dbHealthSchema,
  },
  'connection:get-pool-stats': { request: connectionRef, response: poolStatsSchema },

  ...catalogCalls,

  /** `tabId` names the editor tab: an open transaction stays with its tab. */
  'query:run': {
    request: connectionRef.extend({
      tabId: z.uuid(),
      executionId: z.uuid(),
      text: sqlTextSchema,
      target: runTargetSchema,
      /** Whether the tab's earlier results stay readable; otherwise a run frees them. */
      keepsResults: z.boolean().optional(),
      /** A value for each parameter that `query:list-parameters` tells of. */
      parameters: parameterValuesSchema.optional(),
      /** Has the statements explained in place of being run. */
      explain: z.enum(explainModes).optional(),
      /** Rows to read of each result before it is shown. */
      firstRows: settingsSchema.shape.firstRows.optional(),
      /** When left out, what the tab's last run had. */
      options: tabOptionsSchema.optional(),
    }),
    response: packedRunSchema,
  },
  ...parameterCalls,
  ...resultCalls,
  ...totalCalls,
  /**
   * Stops a run. Resolves when it has ended, or when the person chose in a native dialog to wait on
   * for a server that does not stop.
   */
  'query:cancel': { request: executionRef, response: done },
  /** Ends what the tab holds: running statement, unread rows, open transaction (rolled back). */
  'query:close-tab': { request: connectionRef.extend({ tabId: z.uuid() }), response: done },

  ...tableCalls,
  ...searchCalls,
  ...savedQueryCalls,

  ...exportCalls,
  ...historyCalls,

  ...fileCalls,

  'workspace:load': {
    request: z.strictObject({ key: z.string().min(1).max(100) }),
    response: workspaceSchema,
  },
  'workspace:save': {
    request: z.strictObject({ key: z.string().min(1).max(100), workspace: workspaceSchema }),
    response: done,
  },
} as const satisfies Record<CallChannel, { request: z.ZodType; response: z.ZodType }>;

/** Every event that main sends to the renderer. */
export const events = {
  'sample:progress': sampleProgressSchema,
  /** A connection was opened, lost, mended or closed. */
  'connection:changed': z.object({ connections: z.array(connectionSchema) }),
  /** The health of a connection is another than before: live, checking or lost. */
  'connection:health': dbHealthSchema,
  /** How the pool of a connection stands, soon after it changed. */
  'connection:pool': z.object({ connectionId: z.uuid(), pool: poolStatsSchema }),
  /** One statement of a running script has ended. */
  'query:progress': executionRef.extend({
    completed: z.number().int(),
    total: z.number().int(),
    /** The share of the rows of a COPY that is on its way, from 0 to 1. */
    sentShare: z.number().optional(),
  }),
  /** A person is asked whether a run may begin, or that is over. Nothing of it was sent until then. */
  'query:question': executionRef.extend({ isOpen: z.boolean() }),
  /** `query:read-all` has read so many rows. */
  'query:read-progress': z.object({ resultId: z.uuid(), readRows: z.number().int() }),
  /** The server ended a tab's session: its open transaction is rolled back, its settings are gone. */
  'query:session-lost': connectionRef.extend({ tabId: z.uuid() }),
  /** An export goes on; at most ten times a second. */
  'export:progress': exportProgressSchema,
  /** The application menu asks for something; the renderer knows what has the focus. */
  'menu:command': z.object({ command: z.enum(commandNames) }),
} as const satisfies Record<EventChannel, z.ZodType>;

export type CallRequest<C extends CallChannel> = z.input<(typeof calls)[C]['request']>;
/** The request after validation, with defaults filled in. */
export type ValidRequest<C extends CallChannel> = z.output<(typeof calls)[C]['request']>;
export type CallResponse<C extends CallChannel> = z.output<(typeof calls)[C]['response']>;
export type EventPayload<E extends EventChannel> = z.output<(typeof events)[E]>;
export type ConnectionSource = z.infer<typeof connectionSource>;
export type ProfileSave = z.output<typeof profileSave>;
