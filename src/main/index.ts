import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { app, BrowserWindow, powerMonitor } from 'electron';
import { composeServices, openSettings } from './compose';
import { tellStartupFailure } from './dialogs/startup-failure';
import { EventEmitter } from './ipc/emit';
import { registerHandlers } from './ipc/handle';
import { createHandlers } from './ipc/handlers';
import { TrustedSenders } from './ipc/trusted-sender';
import { createLog, type Log } from './log';
import { installMenu } from './menu/application-menu';
import { loadParser } from './sql/parser';
import { appOrigin, declareAppScheme, serveApp } from './window/app-protocol';
import { watchClosing, watchQuitting } from './window/leave';
import { createMainWindow, loadRenderer, trustedOrigins } from './window/main-window';
import { watchPageFailure } from './window/page-failure';
import { applyTheme } from './window/theme';
import { WindowState } from './window/window-state';
import { hardenWebContents, refusePermissions } from './window/security';

/** Hot reload and DevTools exist only under `electron-vite dev`, never in a packaged app. */
const isDevelopment = !app.isPackaged && process.env['ELECTRON_RENDERER_URL'] !== undefined;

declareAppScheme();

if (app.requestSingleInstanceLock()) {
  const log = createLog(app.getPath('logs'));
  let isQuitting = false;
  app.once('before-quit', () => {
    isQuitting = true;
  });
  start(log).catch((error: unknown) => {
    // A start that quitting stops half-way has not failed.
    if (isQuitting) return;
    log.error('Starting', error);
    tellStartupFailure(error);
    app.exit(1);
  });
} else {
  // The instance that runs already shows its window: see 'second-instance'.
  app.quit();
}

async function start(log: Log): Promise<void> {
  hardenWebContents();
  process.on('uncaughtException', (error) => log.error('Uncaught exception', error));
  process.on('unhandledRejection', (reason) => log.error('Unhandled rejection', reason));

  await app.whenReady();
  serveApp(join(__dirname, '../renderer'));
  refusePermissions();

  const userData = app.getPath('userData');
  const settings = await openSettings(userData, log);
  applyTheme(settings.atStart.theme);
  const events = new EventEmitter();
  const senders = new TrustedSenders({ origins: trustedOrigins(isDevelopment, appOrigin) });
  // Behind the window, whose page loads meanwhile: its first calls wait for what answers them.
  const services = setImmediate().then(() =>
    composeServices({
      userData,
      settings,
      environment: process.env,
      examinationThread: join(__dirname, 'examination-worker.cjs'),
      log,
      events,
    }),
  );
  const handlers = services.then(createHandlers);
  registerHandlers({
    handlers,
    senders,
    onDefect: (channel, error) => log.error(`Handler of ${channel}`, error),
  });

  const state = new WindowState(userData);
  const openWindow = async (): Promise<void> => {
    const window = createMainWindow({ isDevelopment, bounds: state.bounds() });
    state.follow(window);
    watchClosing(window);
    watchPageFailure(window, {
      onGone: async (reason) => (await services).windowFailed(reason),
      load: () => loadRenderer(window, isDevelopment),
    });
    // Needed with the first connection, and not before there is something to see.
    window.once('show', () => void loadParser());
    const { webContents } = window;
    const { id } = webContents;
    senders.add(id);
    events.add(webContents);
    webContents.once('destroyed', () => {
      senders.remove(id);
      void services.then((all) => all.windowClosed());
    });
    await loadRenderer(window, isDevelopment);
  };

  // Links that died in the computer's sleep are found before anybody uses them.
  powerMonitor.on('resume', () => void services.then((all) => all.health.checkAll()));

  installMenu({ isDevelopment, send: (command) => events.send('menu:command', { command }) });
  watchQuitting();
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });

  let isEnding = false;
  let startsAgain = false;
  const openAnotherWindow = (): void => {
    // What ends has no services for it: the app comes back behind its end.
    if (isEnding) startsAgain = true;
    else void openWindow();
  };
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openAnotherWindow();
  });
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) {
      openAnotherWindow();
      return;
    }
    if (window.isMinimized()) window.restore();
    window.focus();
  });

  // Quitting waits until running statements are cancelled and the sample server has stopped.
  let isShutDown = false;
  app.on('will-quit', (event) => {
    if (isShutDown) return;
    event.preventDefault();
    isEnding = true;
    void services
      .then((all) => all.shutDown())
      .finally(() => {
        isShutDown = true;
        app.quit();
      });
  });

  app.once('quit', () => {
    if (startsAgain) app.relaunch();
  });

  await Promise.all([openWindow(), handlers]);
}
