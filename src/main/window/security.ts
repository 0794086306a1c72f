import { app, session } from 'electron';

/**
 * Refuses what a page of the app never needs, for every web contents that will ever exist: leaving
 * the app, new windows, webviews and permissions (Electron security checklist, 5 and 12 to 14).
 */
export function hardenWebContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** Electron grants every permission unless told otherwise; only writing to the clipboard is wanted. */
export function refusePermissions(): void {
  const allowed = new Set(['clipboard-sanitized-write']);
  session.defaultSession.setPermissionRequestHandler((_contents, permission, respond) =>
    respond(allowed.has(permission)),
  );
  session.defaultSession.setPermissionCheckHandler((_contents, permission) =>
    allowed.has(permission),
  );
  session.defaultSession.setDevicePermissionHandler(() => false);
}
