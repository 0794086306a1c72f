import { profileDraftSchema, type ConnectionProfile } from '@shared/models/connection-profile';

/** What an open connection takes over at once, or does not need any more. */
const atOnce: ReadonlySet<string> = new Set([
  'name',
  'color',
  'environment',
  'confirmEverything',
  'folder',
  'passwordSource',
]);

/** Whether a change of a profile reaches its open connection only once that is opened again. */
export function needsReopening(before: ConnectionProfile, after: ConnectionProfile): boolean {
  const settings = (profile: ConnectionProfile): string =>
    JSON.stringify(
      // In the order of the schema, whatever order the fields came in.
      Object.entries(profileDraftSchema.parse(profile)).filter(([field]) => !atOnce.has(field)),
    );
  return settings(before) !== settings(after);
}
