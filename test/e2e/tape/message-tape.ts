import { fileURLToPath } from 'node:url';
import type { ElectronApplication } from '@playwright/test';

/** What Electron starts instead of the application, so that its messages are recorded. */
export const recordingEntry = fileURLToPath(new URL('record-messages.cjs', import.meta.url));

/**
 * Which messages between main and the page hold a text, as "request profile:save", each once. What is
 * searched are the bytes of the structured clone, in which strings are Latin-1 or UTF-16.
 */
export async function messagesHolding(
  electron: ElectronApplication,
  text: string,
): Promise<string[]> {
  const found = await electron.evaluate((_electron, needle) => {
    const { messageTape } = globalThis as unknown as {
      messageTape: { way: string; channel: string; bytes: Buffer }[];
    };
    const needles = [Buffer.from(needle, 'utf8'), Buffer.from(needle, 'utf16le')];
    return messageTape
      .filter(({ bytes }) => needles.some((one) => bytes.includes(one)))
      .map(({ way, channel }) => `${way} ${channel}`);
  }, text);
  return [...new Set(found)].toSorted();
}
