import { describe, expect, it } from 'vitest';
import { namespacesAllowed, sandboxState } from '../../../scripts/setup/sandbox.mjs';

describe('sandboxState', () => {
  const facts = {
    platform: 'linux',
    isRoot: false,
    namespacesAllowed: true,
    helperReady: false,
  } as const;

  it('works for a normal user by namespaces or by the helper', () => {
    expect(sandboxState(facts)).toBe('works');
    expect(sandboxState({ ...facts, namespacesAllowed: false, helperReady: true })).toBe('works');
  });

  it('is never switched off for a normal user', () => {
    expect(sandboxState({ ...facts, namespacesAllowed: false })).toBe('needs-helper');
  });

  it('is impossible for root on Linux only', () => {
    expect(sandboxState({ ...facts, isRoot: true })).toBe('impossible');
    expect(sandboxState({ ...facts, isRoot: true, platform: 'darwin' })).toBe('works');
  });
});

function withSettings(settings: Readonly<Record<string, string>>): boolean {
  return namespacesAllowed((name) => settings[name] ?? null);
}

describe('namespacesAllowed', () => {
  it('takes absent settings for no restriction', () => {
    expect(withSettings({})).toBe(true);
    expect(withSettings({ 'kernel/unprivileged_userns_clone': '1' })).toBe(true);
    expect(withSettings({ 'user/max_user_namespaces': '127000' })).toBe(true);
  });

  it.each([
    { 'kernel/unprivileged_userns_clone': '0' },
    { 'user/max_user_namespaces': '0' },
    { 'kernel/apparmor_restrict_unprivileged_userns': '1' },
  ])('sees the restriction %o', (settings) => {
    expect(withSettings(settings)).toBe(false);
  });
});
