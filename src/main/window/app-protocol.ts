import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';

const appScheme = 'postern';
export const appOrigin = `${appScheme}://app`;
export const appUrl = `${appOrigin}/index.html`;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Must run before the app is ready: privileges are fixed when the browser process starts. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: appScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/**
 * Serves the built renderer from one folder, instead of file://, whose pages could read any file.
 * Only files below the folder are answered, whatever the path says.
 */
export function serveApp(folder: string): void {
  const root = normalize(folder + sep);
  protocol.handle(appScheme, async (request) => {
    const { host, pathname } = new URL(request.url);
    const path = join(root, decodeURIComponent(pathname));
    const type = contentTypes[extname(path)];
    if (
      host !== 'app' ||
      request.method !== 'GET' ||
      !path.startsWith(root) ||
      type === undefined
    ) {
      return new Response(null, { status: 404 });
    }
    try {
      return extname(path) === '.html'
        ? page(await readFile(path, 'utf8'))
        : asset(await readFile(path), { type, policy: policyOfAsset(pathname) });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
        return new Response(null, { status: 404 });
      throw error;
    }
  });
}

/** A nonce per load lets CodeMirror add its style element without opening style-src to everything. */
function page(html: string): Response {
  const nonce = randomBytes(16).toString('base64');
  return new Response(html.replaceAll('%CSP_NONCE%', nonce), {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentSecurityPolicy(nonce),
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

function asset(body: Buffer, { type, policy }: { type: string; policy: string }): Response {
  return new Response(new Uint8Array(body), {
    headers: {
      'Content-Type': type,
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

/**
 * A worker has no policy but that of its own script (CSP 3, 4.2): a script without one could evaluate
 * any text. Only the workers of the build may compile WebAssembly, which the SQL parser is; the page
 * itself may not.
 */
function policyOfAsset(pathname: string): string {
  const isWorker = pathname.startsWith('/workers/');
  return [
    "default-src 'none'",
    isWorker ? "script-src 'self' 'wasm-unsafe-eval'" : "script-src 'self'",
    "connect-src 'self'",
  ].join('; ');
}

/** No remote origin, no inline code: a value of the server that turned into markup could still do nothing. */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
