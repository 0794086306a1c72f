import { profileDraftSchema, type ProfileDraft } from '@shared/models/connection-profile';
import { describe, expect, it } from 'vitest';
import type { ProfileFormRequest } from '../../../../src/renderer/features/connections/form-request';
import { emptyValues } from '../../../../src/renderer/features/connections/form-values';
import { profileSave } from '../../../../src/renderer/features/connections/profile-save';

const draft = (passwordSource: ProfileDraft['passwordSource']): ProfileDraft =>
  profileDraftSchema.parse({ name: 'n', host: 'h', database: 'd', user: 'u', passwordSource });

const request = (hasPassword: boolean): ProfileFormRequest => ({
  profileId: null,
  values: emptyValues(true),
  untouched: emptyValues(true),
  hasPassword,
  ignored: [],
  error: null,
});

describe('profileSave', () => {
  it('keeps a typed password only in the keychain', () => {
    const typed = { password: 'secret' };
    expect(profileSave(request(false), draft('keychain'), typed, false, 'keep').password).toBe(
      'secret',
    );
    expect(profileSave(request(false), draft('ask'), typed, false, 'keep')).not.toHaveProperty(
      'password',
    );
  });

  it('tries a typed password wherever it will be kept', () => {
    const typed = { password: 'secret' };
    expect(profileSave(request(false), draft('ask'), typed, false, 'test').password).toBe('secret');
  });

  it('leaves a saved password alone when none is typed', () => {
    expect(
      profileSave(request(true), draft('keychain'), { password: '' }, false, 'keep'),
    ).not.toHaveProperty('password');
  });

  it('removes a saved password that is no longer to be kept', () => {
    const none = { password: '' };
    expect(profileSave(request(true), draft('keychain'), none, true, 'keep').password).toBeNull();
    expect(profileSave(request(true), draft('ask'), none, false, 'keep').password).toBeNull();
  });
});
