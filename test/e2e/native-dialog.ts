import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';

const run = promisify(execFile);

/**
 * The real dialog of the desktop, which Playwright cannot see: found and answered through X11. Its
 * title is the one that Postern gives to its message boxes.
 */
export class NativeDialog {
  /** Waits until the dialog is on the screen. */
  static async appears(title: string): Promise<NativeDialog> {
    let id = '';
    await expect
      .poll(async () => (id = await findWindow(title)), { message: `a native dialog "${title}"` })
      .not.toBe('');
    return new NativeDialog(id, title);
  }

  private constructor(
    private readonly id: string,
    private readonly title: string,
  ) {}

  /** Presses keys as a person at the keyboard would, for example "Return" or "Escape". */
  async press(...keys: readonly string[]): Promise<void> {
    // There is no window manager on the virtual screen to give the dialog the focus.
    await run('xdotool', ['windowfocus', '--sync', this.id]);
    await run('xdotool', ['key', '--delay', '50', ...keys]);
  }

  async disappears(): Promise<void> {
    await expect.poll(() => findWindow(this.title)).toBe('');
  }
}

/** xdotool exits with 1 when it finds nothing. */
async function findWindow(title: string): Promise<string> {
  const found = await run('xdotool', ['search', '--onlyvisible', '--name', `^${title}$`]).catch(
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 1) return { stdout: '' };
      throw error;
    },
  );
  return found.stdout.trim().split('\n').at(-1) ?? '';
}
