import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { chromium, type Page } from '@playwright/test';
import { sandboxArguments } from '../../scripts/setup/sandbox.mjs';
import { cleanEnvironment } from '../e2e/clean-environment';

/** A packaged application that runs. */
export interface PackagedApp {
  readonly window: Page;
  /** What Chromium's sandbox needs on the command line of this machine. */
  readonly sandbox: readonly string[];
  /** Asks it to end, and resolves with its exit code; null where a signal ended it. */
  quit(): Promise<number | null>;
}

/** What a short-lived process said. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** The executable that `npm test -- package` has made. */
export function packagedExecutable(): string {
  const path = process.env['PACKAGED_EXECUTABLE'];
  if (path === undefined) throw new Error('Run "npm test -- package", which packages first.');
  return path;
}

/**
 * Starts the packaged application and resolves with its window. Its fuses keep every debugger of
 * Node.js out, so that Playwright's Electron driver cannot attach; the page is reached by Chromium's
 * own port, as in a browser.
 */
export async function startPackagedApp(userDataDir: string): Promise<PackagedApp> {
  const executable = packagedExecutable();
  const sandbox = await sandboxArguments(executable);
  const child = spawnApp(executable, [
    '--remote-debugging-port=0',
    `--user-data-dir=${userDataDir}`,
    ...sandbox,
  ]);
  const exited = exitOf(child);
  const browser = await chromium.connectOverCDP(await debuggingAddress(child), {
    // Electron has none of the settings that Playwright would make in a browser.
    noDefaults: true,
  });
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('The packaged application has no browser context.');
  const window = context.pages()[0] ?? (await context.waitForEvent('page'));
  return {
    window,
    sandbox,
    quit: () => {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

/** Runs an executable to its end. */
export async function runToEnd(
  executable: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = spawnApp(executable, args, env);
  let output = '';
  const gather = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout?.on('data', gather);
  child.stderr?.on('data', gather);
  return { code: await exitOf(child), output };
}

function spawnApp(
  executable: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  return spawn(executable, args, {
    // Nothing of the source tree is at hand there.
    cwd: tmpdir(),
    env: { ...cleanEnvironment(process.env), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code));
  });
}

function debuggingAddress(child: ChildProcess): Promise<string> {
  let output = '';
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`It ended with ${code}: ${output}`)));
    child.stderr?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const [, address] = /DevTools listening on (ws:\S+)/u.exec(output) ?? [];
      if (address !== undefined) resolve(address);
    });
  });
}
