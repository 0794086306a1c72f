import type {
  Connection,
  ConnectionProfile,
  ParsedConnection,
} from '@shared/models/connection-profile';
import type { DatabaseErrorData } from '@shared/models/database-error';
import {
  emptyValues,
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
  /** Whether it holds the secret of its SSH tunnel. */
  readonly hasSshSecret: boolean;
  /** Parameters of a pasted URL that are not supported, by name. */
  readonly ignored: readonly string[];
  /** Why the profile could not be opened. */
  readonly error: DatabaseErrorData | null;
}

function filledIn(values: FormValues, untouched: FormValues = values): ProfileFormRequest {
  return {
    profileId: null,
    values,
    untouched,
    hasPassword: false,
    hasSshSecret: false,
    ignored: [],
    error: null,
  };
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

/** The form of a saved profile, with the error of opening it where that belongs to a field. */
export function requestForProfile(
  profile: ConnectionProfile,
  error: DatabaseErrorData | null = null,
): ProfileFormRequest {
  return {
    ...filledIn(valuesOf(profile)),
    error,
    profileId: profile.id,
    hasPassword: profile.hasPassword,
    hasSshSecret: profile.hasSshSecret ?? false,
  };
}
