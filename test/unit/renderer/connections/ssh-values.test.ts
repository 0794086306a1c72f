import { describe, expect, it } from 'vitest';
import {
  askedSecrets,
  secretLabel,
  secretsToAsk,
} from '../../../../src/renderer/features/connections/asked-secrets';
import { formField, toDraft } from '../../../../src/renderer/features/connections/form-draft';
import { requestForProfile } from '../../../../src/renderer/features/connections/form-request';
import {
  emptyValues,
  valuesOf,
  type FormValues,
} from '../../../../src/renderer/features/connections/form-values';
import {
  nothingForgotten,
  profileSave,
} from '../../../../src/renderer/features/connections/profile-save';
import { connectionProfile } from './connection-fixture';

const complete: FormValues = {
  ...emptyValues(true),
  name: 'shop',
  database: 'shop',
  user: 'app',
  sshEnabled: true,
  sshHost: 'bastion',
  sshUser: 'ann',
};

const errorsOf = (values: FormValues) => {
  const conversion = toDraft(values);
  return 'errors' in conversion ? conversion.errors : null;
};

const draftOf = (values: FormValues) => {
  const conversion = toDraft(values);
  if ('errors' in conversion) throw new Error(JSON.stringify(conversion.errors));
  return conversion.draft;
};

const key = { authentication: 'key', keyFile: '~/.ssh/id', secretSource: 'keychain' } as const;
const profile = (ssh: object, changes: object = {}) =>
  connectionProfile('Shop', {
    ssh: { host: 'bastion', port: 2222, user: 'ann', ...key, ...ssh },
    ...changes,
  });

describe('the form of an SSH tunnel', () => {
  it('is no part of the draft while it is off, whatever was typed', () => {
    const off = { ...complete, sshEnabled: false, sshHost: 'x y', sshPort: 'abc' };
    expect(draftOf(off).ssh).toBeUndefined();
  });

  it('goes to the draft and back', () => {
    expect(draftOf(complete).ssh).toMatchObject({ host: 'bastion', port: 22, user: 'ann' });
    const saved = profile({});
    expect(draftOf(valuesOf(saved)).ssh).toEqual(saved.ssh);
    expect(draftOf({ ...complete, sshPort: '' }).ssh?.port).toBe(22);
  });

  it('tells what is wrong beside each field', () => {
    const errors = errorsOf({
      ...complete,
      sshHost: '',
      sshPort: 'x',
      sshUser: '',
      sshAuthentication: 'key',
    });
    expect(Object.keys(errors ?? {}).sort()).toEqual([
      'sshHost',
      'sshKeyFile',
      'sshPort',
      'sshUser',
    ]);
  });

  it('leaves the path of a key out where no key is used', () => {
    const values = { ...complete, sshKeyFile: '/old/key', sshAuthentication: 'agent' as const };
    expect(draftOf(values).ssh).not.toHaveProperty('keyFile');
  });

  it.each([
    ['ssh.host', 'sshHost'],
    ['ssh.keyFile', 'sshKeyFile'],
    ['ssh.secret', 'sshSecret'],
    ['ssh.authentication', 'sshAuthentication'],
    ['ssh.unknown', undefined],
    ['host', 'host'],
  ])('finds the field of %s', (name, field) => {
    expect(formField(name)).toBe(field);
  });
});

describe('the secret of an SSH tunnel', () => {
  const typed = (sshSecret: string, forgotten = false) => ({
    values: { password: '', sshSecret },
    forgets: { ...nothingForgotten, sshSecret: forgotten },
  });
  const save = (ssh: object, ...[secret, purpose]: [ReturnType<typeof typed>, 'test' | 'keep']) => {
    const saved = profile({}, { hasSshSecret: true });
    return profileSave(requestForProfile(saved), profile(ssh), secret, purpose).sshSecret;
  };

  it('is sent to be kept only where the keychain keeps it, and always for a test', () => {
    expect(save({}, typed('new'), 'keep')).toBe('new');
    expect(save({ secretSource: 'ask' }, typed('new'), 'keep')).toBeNull();
    expect(save({ secretSource: 'ask' }, typed('new'), 'test')).toBe('new');
  });

  it('stays when nothing is typed, and goes when it is forgotten or the agent takes over', () => {
    expect(save({}, typed(''), 'keep')).toBeUndefined();
    expect(save({}, typed('', true), 'keep')).toBeNull();
    expect(save({ authentication: 'agent' }, typed(''), 'keep')).toBeNull();
  });

  it('is asked for before the password, and only where it is not kept', () => {
    expect(secretsToAsk(profile({}))).toEqual([]);
    const both = profile({ secretSource: 'ask' }, { passwordSource: 'ask' });
    expect(secretsToAsk(both)).toEqual(['sshSecret', 'password']);
    expect(askedSecrets(both, { password: 'pw', sshSecret: '' })).toEqual({ password: 'pw' });
    expect(askedSecrets(profile({}), { password: 'pw', sshSecret: 'x' })).toEqual({});
    expect(secretsToAsk(profile({ authentication: 'agent', secretSource: 'ask' }))).toEqual([]);
    expect(secretLabel(both, 'sshSecret')).toBe('Passphrase of the SSH key');
    expect(secretLabel(both, 'password')).toBe('Database password');
    expect(secretLabel(connectionProfile('Shop'), 'password')).toBe('Password');
  });
});
