import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  findPostmaster,
  parsePostmasterFile,
  postmasterFile,
} from '../../../../../src/main/services/sample/postmaster';

const running = ['4711', '/data', '1764000000', '54321', '', '127.0.0.1', '  1 2', 'ready   ', ''];

describe('parsePostmasterFile', () => {
  test('reads process, port and status', () => {
    expect(parsePostmasterFile(running.join('\n'))).toEqual({
      pid: 4711,
      port: 54321,
      isReady: true,
    });
  });

  test('reads the line ends of Windows', () => {
    expect(parsePostmasterFile(running.join('\r\n'))?.isReady).toBe(true);
  });

  test.each(['starting', 'stopping', 'standby'])('does not take %s for ready', (status) => {
    const text = running.with(7, status).join('\n');
    expect(parsePostmasterFile(text)).toEqual({ pid: 4711, port: 54321, isReady: false });
  });

  test.each([
    '',
    '\n',
    '4711\n/data\n',
    'not a number\n/data\n1\n54321\n',
    '-4711\n/data\n1\n54321',
  ])('takes %j for no server', (text) => {
    expect(parsePostmasterFile(text)).toBeNull();
  });
});

describe('findPostmaster', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await realpath(await mkdtemp(join(tmpdir(), 'postern-postmaster-')));
  });
  afterEach(() => rm(directory, { recursive: true }));

  test('finds none without a file', async () => {
    expect(await findPostmaster(directory)).toBeNull();
  });

  test('does not take a living process for the server only because it has the id', async () => {
    const text = running.with(0, String(process.pid)).with(1, directory).join('\n');
    await writeFile(postmasterFile(directory), text);
    expect(await findPostmaster(directory)).toBeNull();
  });
});
