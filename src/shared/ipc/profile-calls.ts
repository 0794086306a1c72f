import { z } from 'zod';
import {
  connectionProfileSchema,
  connectionTestSchema,
  environmentConnectionSchema,
  keyFileKinds,
  parsedConnectionSchema,
  profileDraftSchema,
} from '../models/connection-profile';
import {
  importChoiceSchema,
  importPreviewSchema,
  importSourceSchema,
  importSummarySchema,
} from '../models/profile-transfer';

const folderName = z.string().trim().min(1, 'Give the folder a name.').max(100);
const profiles = z.array(connectionProfileSchema);

/** A password as typed: it goes to main and never comes back. */
export const typedPassword = z.string().max(4096);

/** A profile as edited: a secret that is undefined stays as the keychain has it, null removes it. */
export const profileSave = z.strictObject({
  id: z.uuid().nullable(),
  draft: profileDraftSchema,
  password: typedPassword.nullable().optional(),
  /** The SSH password, or the passphrase of the SSH key. */
  sshSecret: typedPassword.nullable().optional(),
});

/** Calls about saved connections: each of them, and their list with its order, folders and files. */
export const profileCalls = {
  'profile:list': { request: z.undefined(), response: profiles },
  'profile:save': { request: profileSave, response: connectionProfileSchema },
  /** Deletes a profile with its password; `profile:restore` brings both back until the app ends. */
  'profile:delete': { request: z.strictObject({ id: z.uuid() }), response: z.void() },
  'profile:restore': {
    request: z.strictObject({ id: z.uuid() }),
    response: connectionProfileSchema,
  },
  'profile:parse': {
    request: z.strictObject({ text: z.string().max(65_536) }),
    response: parsedConnectionSchema,
  },
  'profile:list-environment': {
    request: z.undefined(),
    response: z.array(environmentConnectionSchema),
  },
  'profile:test': {
    /** `testId` names the test for `profile:cancel-test`. */
    request: profileSave.extend({ testId: z.uuid() }),
    response: connectionTestSchema,
  },
  /** Stops a test; the call that tests answers with Cancelled. Unknown ids are ignored. */
  'profile:cancel-test': { request: z.strictObject({ testId: z.uuid() }), response: z.void() },
  /** The path of a key or a certificate; null when the person cancelled the dialog for choosing it. */
  'profile:choose-key-file': {
    request: z.strictObject({ kind: z.enum(keyFileKinds) }),
    response: z.string().nullable(),
  },
  /** Moves a profile into `folder` (null: none), ahead of `before` (null: at the end). */
  'profile:reorder': {
    request: z.strictObject({
      id: z.uuid(),
      folder: folderName.nullable(),
      before: z.uuid().nullable(),
    }),
    response: profiles,
  },
  /** `to` null takes the connections out of the folder. */
  'profile:rename-folder': {
    request: z.strictObject({ from: folderName, to: folderName.nullable() }),
    response: profiles,
  },
  /** Copies a profile with its password, which stays in main. */
  'profile:duplicate': {
    request: z.strictObject({ id: z.uuid() }),
    response: connectionProfileSchema,
  },
  /** Reads connections from a file; null when the person cancelled the dialog for choosing it. */
  'profile:read-import': {
    request: z.strictObject({ source: importSourceSchema }),
    response: importPreviewSchema.nullable(),
  },
  'profile:import': {
    request: z.strictObject({
      importId: z.uuid(),
      choices: z.array(importChoiceSchema).max(10_000),
    }),
    response: importSummarySchema,
  },
  /** Writes connections without secrets to a file that the person chooses; null when cancelled. */
  'profile:export': {
    request: z.strictObject({ ids: z.array(z.uuid()).min(1).max(10_000) }),
    response: z.object({ name: z.string(), count: z.number().int() }).nullable(),
  },
} as const;
