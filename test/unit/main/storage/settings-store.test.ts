import { describe, expect, it } from 'vitest';
import { SettingsStore } from '../../../../src/main/storage/settings-store';

/** electron-store needs a running Electron: end-to-end tests have the real file. */
class MemoryFile {
  values: Record<string, unknown> = {};
  read = (): Record<string, unknown> => this.values;
  write = (values: Record<string, unknown>): void => {
    this.values = values;
  };
}

describe('SettingsStore', () => {
  it('starts with the defaults and keeps changes', async () => {
    const file = new MemoryFile();
    expect(await new SettingsStore(file).get()).toMatchObject({ theme: 'system' });
    expect(await new SettingsStore(file).update({ theme: 'dark' })).toMatchObject({
      theme: 'dark',
    });
    expect(await new SettingsStore(file).get()).toMatchObject({ theme: 'dark' });
  });

  it('leaves out what is undefined', async () => {
    const file = new MemoryFile();
    const store = new SettingsStore(file);
    await store.update({ theme: 'light' });
    expect(await store.update({ theme: undefined })).toMatchObject({ theme: 'light' });
  });

  it('takes the default for a value it does not know, and keeps names it does not know', async () => {
    const file = new MemoryFile();
    file.values = { theme: 'sepia', later: 1 };
    const store = new SettingsStore(file);
    expect(await store.get()).toMatchObject({ theme: 'system' });
    await store.update({ theme: 'dark' });
    expect(file.values).toMatchObject({ theme: 'dark', later: 1 });
  });

  it('keeps a value it does not know until that is changed', async () => {
    const file = new MemoryFile();
    file.values = { theme: 'sepia' };
    const store = new SettingsStore(file);
    expect(await store.update({ resultMemoryMb: 512 })).toMatchObject({ theme: 'system' });
    expect(file.values).toMatchObject({ theme: 'sepia', resultMemoryMb: 512 });
  });

  it('loses no change of two made at once', async () => {
    const file = new MemoryFile();
    const store = new SettingsStore(file);
    await Promise.all([store.update({ theme: 'dark' }), store.update({})]);
    expect(await store.get()).toMatchObject({ theme: 'dark' });
  });
});
