import type {
  Connection,
  ConnectionProfile,
  ParsedConnection,
} from '@shared/models/connection-profile';
import {
  emptyValues,
  suggestedName,
  valuesForDatabase,
  valuesOf,
  withParsed,
  type FormValues,
} from './form-values';

/** What the profile form is opened for. */
export interface ProfileFormRequest {
  /** Null for a profile that is not saved yet. */
  readonly profileId: string | null;
  /** What is filled in. */
  readonly values: FormValues;
  /** What counts as unchanged: closing the form with these values loses nothing. */
  readonly untouched: FormValues;
  /** Whether the keychain holds a password for the profile. */
  readonly hasPassword: boolean;
  /** Parameters of a pasted URL that are not supported, by name. */
  readonly ignored: readonly string[];
}

function filledIn(values: FormValues, untouched: FormValues = values): ProfileFormRequest {
  return { profileId: null, values, untouched, hasPassword: false, ignored: [] };
}

/** The form of a new profile. */
export function requestForNew(keychainAvailable: boolean): ProfileFormRequest {
  return filledIn(emptyValues(keychainAvailable));
}

/** The form of a new profile with what a pasted URL says. */
export function requestForParsed(
  parsed: ParsedConnection,
  keychainAvailable: boolean,
): ProfileFormRequest {
  const empty = emptyValues(keychainAvailable);
  // The pasted text is gone from the screen: closing the form without saving would lose it.
  const values = withParsed({ ...empty, host: '' }, parsed);
  const host = values.host || empty.host;
  return { ...filledIn({ ...values, host }, empty), ignored: parsed.ignored };
}

/** The form of a new profile for another database of an open connection's server. */
export function requestForDatabase(
  connection: Connection,
  profile: ConnectionProfile | undefined,
  database: string,
  keychainAvailable: boolean,
): ProfileFormRequest {
  return filledIn(valuesForDatabase(connection, profile, database, keychainAvailable));
}

/** The form of a saved profile. */
export function requestForProfile(profile: ConnectionProfile): ProfileFormRequest {
  return {
    ...filledIn(valuesOf(profile)),
    profileId: profile.id,
    hasPassword: profile.hasPassword,
  };
}

/** The form of a copy of a profile. The password stays with the original. */
export function requestForDuplicate(profile: ConnectionProfile): ProfileFormRequest {
  const values = valuesOf(profile);
  return filledIn({ ...values, name: `${values.name || suggestedName(values)} copy` });
}
