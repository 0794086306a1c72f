import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { syncFolder } from '../../../../src/main/storage/replace-file';

describe('syncFolder', () => {
  // The file systems of shared folders answer like /proc, which has nothing to flush.
  it.runIf(process.platform === 'linux')('is content where none can be flushed', async () => {
    await expect(syncFolder('/proc')).resolves.toBeUndefined();
  });

  it.runIf(process.platform !== 'win32')('raises where the folder is gone', async () => {
    await expect(syncFolder(join(tmpdir(), 'postern-gone'))).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
});
