import type {
  ConnectionProfile,
  ProfileDraft,
  SecretName,
} from '@shared/models/connection-profile';
import type { DatabaseErrorData } from '@shared/models/database-error';
import { useState } from 'react';
import { call, errorData } from '../../api/postern';
import type { TestState } from './connection-test-result';
import { saveProfile } from './connections-store';
import { formField, poolErrors, toDraft, toTestDraft } from './form-draft';
import type { ProfileFormRequest } from './form-request';
import { nothingForgotten, profileSave, type ForgottenSecrets } from './profile-save';
import {
  isDirty,
  looksLikeConnectionString,
  withParsed,
  type FormErrors,
  type FormField,
  type FormValues,
} from './form-values';
import { useConnectionTest } from './use-connection-test';

/** Everything that the profile form shows and does, apart from its looks. */
export interface ProfileFormState {
  readonly values: FormValues;
  readonly errors: FormErrors;
  /** An error that belongs to no field. */
  readonly failure: DatabaseErrorData | null;
  readonly ignored: readonly string[];
  readonly test: TestState | null;
  readonly isTestStale: boolean;
  readonly isSaving: boolean;
  readonly isDirty: boolean;
  /** Secrets that leave the keychain when the form is saved. */
  readonly forgets: ForgottenSecrets;
  readonly set: <F extends FormField>(field: F, value: FormValues[F]) => void;
  readonly setForgets: (secret: SecretName, forgets: boolean) => void;
  /** Fills the form in from a pasted connection string. False when the text is none. */
  readonly paste: (text: string) => boolean;
  readonly runTest: () => Promise<void>;
  readonly cancelTest: () => void;
  /** The profile as saved, or null when something is wrong with it. */
  readonly save: () => Promise<ConnectionProfile | null>;
}

/**
 * The error beside the field that it belongs to; nothing where it belongs to none. `hasAdvice` is for
 * where nothing else on the screen says what to do.
 */
function fieldErrors(error: DatabaseErrorData | null, hasAdvice: boolean): FormErrors {
  if (error === null) return {};
  // The server does not say which of the two is wrong; nearly always it is the password.
  const name = error.sqlState === '28P01' ? 'password' : error.field;
  const field = name === undefined ? undefined : formField(name);
  return field === undefined
    ? {}
    : { [field]: [error.message, hasAdvice && error.advice].filter(Boolean).join(' ') };
}

/** The state of one profile form. Nothing typed is ever dropped by an error. */
export function useProfileForm(
  request: ProfileFormRequest,
  defaultMaxConnections?: number,
): ProfileFormState {
  const [values, setValues] = useState(request.values);
  const [errors, setErrors] = useState<FormErrors>(() => fieldErrors(request.error, true));
  const [failure, setFailure] = useState<DatabaseErrorData | null>(null);
  const [ignored, setIgnored] = useState(request.ignored);
  const [isSaving, setSaving] = useState(false);
  const [forgets, setForgets] = useState(nothingForgotten);
  const test = useConnectionTest(values);
  const limitErrors = poolErrors(values, defaultMaxConnections);

  const showError = (error: unknown): void => {
    const data = errorData(error);
    const found = fieldErrors(data, true);
    if (Object.keys(found).length > 0) setErrors((current) => ({ ...current, ...found }));
    else setFailure(data);
  };

  const validated = (convert: typeof toDraft): ProfileDraft | null => {
    setFailure(null);
    const conversion = convert(values);
    setErrors('errors' in conversion ? conversion.errors : {});
    const isComplete = 'draft' in conversion && Object.keys(limitErrors).length === 0;
    return isComplete ? conversion.draft : null;
  };

  const parse = async (text: string): Promise<void> => {
    try {
      const parsed = await call('profile:parse', { text });
      setValues((current) => withParsed(current, parsed));
      setIgnored(parsed.ignored);
      setErrors({});
    } catch (error) {
      // The text stays out of the field: it may hold a password, and it is on the clipboard still.
      const { message, advice } = errorData(error);
      setErrors((current) => ({
        ...current,
        host: [message, advice].filter(Boolean).join(' '),
      }));
    }
  };

  return {
    values,
    errors: { ...limitErrors, ...errors },
    failure,
    ignored,
    test: test.state,
    isTestStale: test.isStale,
    isSaving,
    isDirty: forgets.password || forgets.sshSecret || isDirty(request.untouched, values),
    forgets,
    setForgets: (secret, isForgotten) =>
      setForgets((current) => ({ ...current, [secret]: isForgotten })),
    set(field, value) {
      setValues((current) => ({ ...current, [field]: value }));
      setErrors(({ [field]: _mended, ...others }) => others);
    },
    paste(text) {
      if (!looksLikeConnectionString(text)) return false;
      void parse(text);
      return true;
    },
    async runTest() {
      const draft = validated(toTestDraft);
      if (draft === null) return;
      const result = await test.run(profileSave(request, draft, { values, forgets }, 'test'));
      if (result !== null) setErrors(fieldErrors(result.error ?? null, false));
    },
    cancelTest: test.cancel,
    async save() {
      const draft = validated(toDraft);
      if (draft === null || isSaving) return null;
      setSaving(true);
      try {
        return await saveProfile(profileSave(request, draft, { values, forgets }, 'keep'));
      } catch (error) {
        showError(error);
        return null;
      } finally {
        setSaving(false);
      }
    },
  };
}
