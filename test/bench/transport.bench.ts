/**
 * How a batch of rows crosses from main to the page: as the answer of a call, which the page asks for
 * when it wants it, against a MessagePort on which main sends as long as it has credits. For batches of
 * several sizes, as one buffer of cells and one of their ends.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBenchApp, type BenchApp } from './desktop-app';

const kilobyte = 1024;
const sizes = [16, 64, 256, 1024, 4096].map((size) => size * kilobyte);
/** Bytes of each measurement, whatever the size of its batches. */
const totalBytes = 16 * 1024 * kilobyte;
/** Batches that may be on their way. */
const windows = [1, 3];
/** Bytes for which there is one number of an end: those of a short cell. */
const bytesPerEnd = 8;

/** The door of the application's own preload, and beside it a port that is handed to the page. */
const preload = `
const { contextBridge, ipcRenderer } = require('electron');
contextBridge.exposeInMainWorld('bench', { invoke: (channel, request) => ipcRenderer.invoke(channel, request) });
ipcRenderer.on('bench:port', (event) => window.postMessage('bench:port', '*', event.ports));
`;

/** What the page has of both ways. */
interface BenchPage {
  readonly bench: { readonly invoke: (channel: string, request: number) => Promise<unknown> };
  readonly benchPort: Promise<MessagePort>;
}

let app: BenchApp;
let folder: string;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-transport-'));
  await writeFile(join(folder, 'preload.js'), preload);
  app = await openBenchApp();
  page = await openPage();
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

/** A page with both ways, sandboxed as that of the application. */
async function openPage(): Promise<Page> {
  const opened = app.electron.waitForEvent('window');
  await app.electron.evaluate(
    async ({ BrowserWindow, ipcMain, MessageChannelMain }, { preloadFile, perEnd }) => {
      const batchOf = (size: number) => ({
        bytes: new Uint8Array(size),
        ends: new Int32Array(size / perEnd),
      });
      ipcMain.handle('bench:batch', (_event, size: number) => batchOf(size));
      const window = new BrowserWindow({
        webPreferences: { preload: preloadFile, sandbox: true, contextIsolation: true },
      });
      await window.loadURL('data:text/html,<p>transport');
      const { port1, port2 } = new MessageChannelMain();
      // Each credit is one batch of a size.
      port1.on('message', ({ data: size }) => port1.postMessage(batchOf(size as number)));
      port1.start();
      await window.webContents.executeJavaScript(
        `globalThis.benchPort = new Promise((resolve) => {
          addEventListener('message', ({ ports: [port] }) => resolve(port), { once: true });
        }); undefined`,
      );
      window.webContents.postMessage('bench:port', null, [port2]);
    },
    { preloadFile: join(folder, 'preload.js'), perEnd: bytesPerEnd },
  );
  return opened;
}

interface Load {
  readonly size: number;
  readonly count: number;
  readonly inFlight: number;
}

/** Milliseconds for each batch, asked for by calls. */
function byCalls(load: Load): Promise<number> {
  return page.evaluate(async ({ size, count, inFlight }) => {
    const { bench } = globalThis as unknown as BenchPage;
    let left = count;
    const ask = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await bench.invoke('bench:batch', size);
      }
    };
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: inFlight }, ask));
    return (performance.now() - startedAt) / count;
  }, load);
}

/** Milliseconds for each batch, sent on a port for credits. */
function byPort(load: Load): Promise<number> {
  return page.evaluate(async ({ size, count, inFlight }) => {
    const { benchPort } = globalThis as unknown as BenchPage;
    const port = await benchPort;
    let credits = count;
    let come = 0;
    const startedAt = performance.now();
    const over = new Promise<void>((resolve) => {
      const take = (): void => {
        come += 1;
        if (come === count) {
          port.removeEventListener('message', take);
          resolve();
        }
        if (credits === 0) return;
        credits -= 1;
        port.postMessage(size);
      };
      port.addEventListener('message', take);
      port.start();
    });
    for (let sent = 0; sent < Math.min(inFlight, count); sent += 1) {
      credits -= 1;
      port.postMessage(size);
    }
    await over;
    return (performance.now() - startedAt) / count;
  }, load);
}

it('a batch of rows from main to the page', async () => {
  const lines: Record<string, Record<string, string>> = {};
  for (const size of sizes) {
    const count = totalBytes / size;
    for (const inFlight of windows) {
      const load = { size, count, inFlight };
      const warmUp = { ...load, count: Math.ceil(count / 8) };
      await byCalls(warmUp);
      await byPort(warmUp);
      const call = await byCalls(load);
      const port = await byPort(load);
      expect(call).toBeGreaterThan(0);
      lines[`${size / kilobyte} KB, ${inFlight} on the way`] = {
        'call (ms)': call.toFixed(2),
        'port (ms)': port.toFixed(2),
        'call (MB/s)': (size / 1024 / 1024 / (call / 1000)).toFixed(0),
        ratio: (call / port).toFixed(2),
      };
    }
  }
  console.table(lines);
});
