import type { ChildProcess } from 'node:child_process';
import { userInfo } from 'node:os';
import { fileURLToPath } from 'node:url';
import {
  _electron,
  expect,
  type BrowserContext,
  type ConsoleMessage,
  type ElectronApplication,
  type Page,
} from '@playwright/test';
import { installedRuntime } from '../../scripts/setup/electron-runtime.mjs';
import { cleanEnvironment } from './clean-environment';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
/** Playwright's own end of a trace is part of it, which takes long where much else runs. */
const exitLimitMs = 60_000;

/** What a launch can change. */
export interface LaunchOptions {
  /** Added to the clean environment of the application. */
  readonly env?: Readonly<Record<string, string>>;
  /** Added to the command line. */
  readonly args?: readonly string[];
  /** What Electron starts, the application's own folder when it is left out. */
  readonly entry?: string;
  /** The folder of settings and profiles; the test's own folder when it is left out. */
  readonly userDataDir?: string;
}

/** A running application. */
export interface RunningApp {
  readonly electron: ElectronApplication;
  /** Its first window, loaded. */
  readonly window: Page;
  readonly userDataDir: string;
  /**
   * What no test allows: console errors and uncaught exceptions of the renderer, and those of main.
   * A test that provokes one on purpose takes it out of the list after looking at it.
   */
  readonly problems: string[];
  /** Quits the application and fails when it does not exit. Does nothing the second time. */
  close(): Promise<void>;
  /** Ends the application's main process at once, as a crash would; close() then does nothing. */
  kill(): Promise<void>;
}

/** A launch on a folder of settings and profiles. */
export type LaunchRequest = LaunchOptions & { readonly userDataDir: string };

/** The command that starts the built application. */
export function applicationCommand({
  userDataDir,
  args = [],
  entry = projectRoot,
}: LaunchRequest): { executable: string; args: string[] } {
  const runtime = installedRuntime();
  if (runtime === null) throw new Error('There is no Electron to run: "npm test" fetches one.');
  return {
    executable: runtime.executable,
    args: [
      entry,
      `--user-data-dir=${userDataDir}`,
      // Chromium refuses its sandbox to root; everyone else tests with it.
      ...(userInfo().uid === 0 ? ['--no-sandbox'] : []),
      ...args,
    ],
  };
}

/** Launches the built application and resolves with its first window loaded. */
export async function launchApp(request: LaunchRequest): Promise<RunningApp> {
  const { userDataDir, env } = request;
  const { executable, args } = applicationCommand(request);
  const electron = await _electron.launch({
    executablePath: executable,
    args,
    cwd: projectRoot,
    env: { ...cleanEnvironment(process.env), ...env },
  });
  const problems: string[] = [];
  watchMain(electron, problems);
  watchRenderers(electron.context(), problems);
  const window = await firstWindow(electron);
  await addEarlyProblems(window, problems);
  await window.waitForLoadState('load');

  // Playwright forgets the process once it has ended by itself.
  const mainProcess = electron.process();
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= quit(electron, mainProcess));
  const kill = (): Promise<void> => (closing ??= crash(electron));
  return { electron, window, userDataDir, problems, close, kill };
}

/** The first window. Where the application ends before it has one, the error has its last words. */
async function firstWindow(electron: ElectronApplication): Promise<Page> {
  const mainProcess = electron.process();
  let said = '';
  const listen = (chunk: Buffer): void => void (said = `${said}${chunk.toString()}`.slice(-4000));
  mainProcess.stderr?.on('data', listen);
  try {
    return await electron.firstWindow();
  } catch (cause) {
    const { exitCode, signalCode } = mainProcess;
    throw new Error(`No window (exit code ${exitCode}, signal ${signalCode}). It said: ${said}`, {
      cause,
    });
  } finally {
    mainProcess.stderr?.off('data', listen);
  }
}

function watchMain(electron: ElectronApplication, problems: string[]): void {
  electron.process().stderr?.on('data', (chunk: Buffer) => {
    const text = chunk.toString();
    if (/uncaught ?exception|unhandled ?(?:promise ?)?rejection/iu.test(text)) {
      problems.push(`main: ${text.trim()}`);
    }
  });
}

function watchRenderers(context: BrowserContext, problems: string[]): void {
  context.on('console', (message) => addMessage(message, problems));
  context.on('weberror', (webError) => addError(webError.error(), problems));
  const watchPage = (page: Page): void => {
    page.on('crash', () => problems.push('renderer: the process crashed'));
  };
  // The first window may be there already.
  for (const page of context.pages()) watchPage(page);
  context.on('page', watchPage);
}

/** The first window can be open, and have said something, before anything listens to it. */
async function addEarlyProblems(page: Page, problems: string[]): Promise<void> {
  const [messages, errors] = await Promise.all([page.consoleMessages(), page.pageErrors()]);
  for (const message of messages) addMessage(message, problems);
  for (const error of errors) addError(error, problems);
}

function addMessage(message: ConsoleMessage, problems: string[]): void {
  if (message.type() === 'error') addOnce(problems, `console: ${message.text()}`);
}

function addError(error: Error, problems: string[]): void {
  addOnce(problems, `renderer: ${error.stack ?? error.message}`);
}

/** What was said while the listeners were attached is seen by both. */
function addOnce(problems: string[], problem: string): void {
  if (!problems.includes(problem)) problems.push(problem);
}

async function crash(electron: ElectronApplication): Promise<void> {
  const process = electron.process();
  const exited = new Promise((resolve) => process.once('exit', resolve));
  process.kill('SIGKILL');
  await exited;
}

async function quit(electron: ElectronApplication, process: ChildProcess): Promise<void> {
  if (process.exitCode === null && process.signalCode === null)
    await closeWithin(electron, process);
  expect(process.signalCode, 'the signal that ended the application').toBeNull();
  expect(process.exitCode, 'the exit code of the application').toBe(0);
}

async function closeWithin(electron: ElectronApplication, process: ChildProcess): Promise<void> {
  const exited = new Promise<void>((resolve) => process.once('exit', () => resolve()));
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      process.kill('SIGKILL');
      reject(new Error(`The application did not exit within ${exitLimitMs} ms of being closed.`));
    }, exitLimitMs);
  });
  try {
    await Promise.race([Promise.all([electron.close(), exited]), limit]);
  } finally {
    clearTimeout(timer);
  }
}
