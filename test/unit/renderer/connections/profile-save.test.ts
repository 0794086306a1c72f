import { profileDraftSchema, type ProfileDraft } from '@shared/models/connection-profile';
import { describe, expect, it } from 'vitest';
import type { ProfileFormRequest } from '../../../../src/renderer/features/connections/form-request';
import { emptyValues } from '../../../../src/renderer/features/connections/form-values';
import {
  nothingForgotten,
  profileSave,
} from '../../../../src/renderer/features/connections/profile-save';

const draft = (passwordSource: ProfileDraft['passwordSource']): ProfileDraft =>
  profileDraftSchema.parse({ name: 'n', host: 'h', database: 'd', user: 'u', passwordSource });

const request = (hasPassword: boolean): ProfileFormRequest => ({
  profileId: null,
  values: emptyValues(true),
  untouched: emptyValues(true),
  hasPassword,
  hasSshSecret: false,
  ignored: [],
  error: null,
});

const none = { values: { password: '', sshSecret: '' }, forgets: nothingForgotten };
const forgetful = { ...none, forgets: { password: true, sshSecret: false } };

describe('profileSave', () => {
  it('keeps a typed password only in the keychain', () => {
    const typed = { values: { password: 'secret', sshSecret: '' }, forgets: nothingForgotten };
    expect(profileSave(request(false), draft('keychain'), typed, 'keep').password).toBe('secret');
    expect(profileSave(request(false), draft('ask'), typed, 'keep')).not.toHaveProperty('password');
  });

  it('tries a typed password wherever it will be kept', () => {
    const typed = { values: { password: 'secret', sshSecret: '' }, forgets: nothingForgotten };
    expect(profileSave(request(false), draft('ask'), typed, 'test').password).toBe('secret');
  });

  it('leaves a saved password alone when none is typed', () => {
    expect(profileSave(request(true), draft('keychain'), none, 'keep')).not.toHaveProperty(
      'password',
    );
  });

  it('removes a saved password that is no longer to be kept', () => {
    expect(profileSave(request(true), draft('keychain'), forgetful, 'keep').password).toBeNull();
    expect(profileSave(request(true), draft('ask'), none, 'keep').password).toBeNull();
  });
});
