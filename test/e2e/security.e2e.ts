import type * as Electron from 'electron';
import { expect, test } from './launch';

test('the page is shut in, and main answers nobody else', async ({ app }) => {
  await test.step('the page has no Node, no Electron and one frozen bridge', async () => {
    const found = await app.window.evaluate(() => ({
      node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
      bridge: Object.keys(window.postern).sort(),
      isFrozen: Object.isFrozen(window.postern),
    }));
    expect(found).toEqual({ node: [], bridge: ['invoke', 'on', 'pathOf'], isFrozen: true });
  });

  await test.step('the window is sandboxed and isolated, without DevTools', async () => {
    const preferences = await app.electron.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      // Undocumented, but the only witness of what the window was really made with.
      const contents = window?.webContents as unknown as {
        getLastWebPreferences(): Electron.WebPreferences;
      };
      const all = contents.getLastWebPreferences();
      window?.webContents.openDevTools();
      return {
        sandbox: all.sandbox,
        contextIsolation: all.contextIsolation,
        nodeIntegration: all.nodeIntegration,
        webSecurity: all.webSecurity,
        webviewTag: all.webviewTag,
        devTools: window?.webContents.isDevToolsOpened(),
      };
    });
    expect(preferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      devTools: false,
    });
  });

  await test.step('the page comes from the app and its policy allows nothing else', async () => {
    const { url, policy } = await app.window.evaluate(async () => ({
      url: location.href,
      policy: (await fetch(location.href)).headers.get('content-security-policy'),
    }));
    expect(url).toBe('postern://app/index.html');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe-|https?:|\*/);
  });

  await test.step('inline code, evaluated code and remote pages are refused', async () => {
    const outcome = await app.window.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.head.append(script);
      const image = document.createElement('img');
      image.setAttribute('onerror', 'window.injected = true');
      const failed = new Promise((resolve) => {
        image.addEventListener('error', resolve);
      });
      image.src = 'postern://app/missing.png';
      document.body.append(image);
      await failed;
      const remote = await fetch('https://example.com/').then(
        () => 'loaded',
        () => 'refused',
      );
      return { isInjected: 'injected' in window, remote };
    });
    expect(outcome).toEqual({ isInjected: false, remote: 'refused' });
    // Each refusal is reported on the console: that is what was provoked.
    for (const refused of [
      /execute inline script/,
      /execute inline event handler/,
      /Refused to connect/,
    ]) {
      await expect.poll(() => app.problems.some((problem) => refused.test(problem))).toBe(true);
    }
    app.problems.length = 0;
  });

  await test.step('files outside the app are not served', async () => {
    const statuses = await app.window.evaluate(() =>
      Promise.all(
        [
          '/../main/index.cjs',
          '/..%2fmain%2findex.cjs',
          '/%2e%2e/preload/index.cjs',
          '//etc/passwd',
          '/index.html%00.png',
        ].map((path) =>
          fetch(`postern://app${path}`).then(
            ({ status }) => status,
            () => 'refused',
          ),
        ),
      ),
    );
    for (const status of statuses) expect([404, 'refused']).toContain(status);
    app.problems.length = 0;
  });

  await test.step('navigation, new windows and permissions are refused', async () => {
    const outcome = await app.window.evaluate(async () => {
      const opened = window.open('https://example.com/');
      location.assign('https://example.com/');
      const permission = await navigator.permissions.query({ name: 'geolocation' });
      const notification = await Notification.requestPermission();
      return { opened: opened !== null, permission: permission.state, notification };
    });
    expect(outcome).toEqual({ opened: false, permission: 'denied', notification: 'denied' });
    expect(app.window.url()).toBe('postern://app/index.html');
    expect(app.electron.windows()).toHaveLength(1);
  });

  await test.step('main refuses a malformed request and a page that is not its own', async () => {
    const malformed = await app.window.evaluate(() =>
      // @ts-expect-error -- a compromised page does not care for types
      window.postern.invoke('query:run', { connectionId: 'x' }),
    );
    expect(malformed).toMatchObject({ ok: false, error: { kind: 'InvalidRequest' } });

    const unknown = await app.window.evaluate(() => {
      try {
        // @ts-expect-error -- not a channel
        void window.postern.invoke('shell:open', {});
        return 'sent';
      } catch {
        return 'refused';
      }
    });
    expect(unknown).toBe('refused');

    const foreign = await app.electron.evaluate(async ({ app: electronApp, BrowserWindow }) => {
      const preload = `${electronApp.getAppPath()}/out/preload/index.cjs`;
      const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, preload } });
      await window.loadURL('postern://app/index.html');
      const answer: unknown = await window.webContents.executeJavaScript(
        `window.postern.invoke('profile:list')`,
      );
      window.destroy();
      return answer;
    });
    expect(foreign).toMatchObject({ ok: false, error: { kind: 'InvalidRequest' } });
  });
});
