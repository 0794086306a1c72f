import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The files below a folder that hold a text, in UTF-8 or in the UTF-16 of Chromium's own stores. */
export async function filesHolding(text: string, folder: string): Promise<string[]> {
  const needles = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')];
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true })) {
    const path = join(folder, entry);
    const bytes = await bytesOf(path);
    if (needles.some((needle) => bytes.includes(needle))) found.push(entry);
  }
  return found;
}

/** Chromium makes and removes files all the time, and has links and sockets among them. */
async function bytesOf(path: string): Promise<Buffer> {
  try {
    return (await lstat(path)).isFile() ? await readFile(path) : Buffer.alloc(0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return Buffer.alloc(0);
    throw error;
  }
}
