import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const fromRoot = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const alias = { '@shared': fromRoot('src/shared') };

/**
 * Main and preload are CommonJS for Node 18 / Chromium 114: a sandboxed preload cannot be an ES
 * module, and the oldest runtime that development and the tests fall back to is Electron 25.
 */
export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      target: 'node18',
      sourcemap: true,
      // electron-store is published as ES modules only, which CommonJS output cannot require.
      externalizeDeps: { exclude: ['electron-store', 'zod'] },
      rollupOptions: {
        input: {
          index: fromRoot('src/main/index.ts'),
          'examination-worker': fromRoot(
            'src/main/services/query/examination/examination-worker.ts',
          ),
        },
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: '[name]-[hash].cjs',
          // What Electron adds to `require` so that it finds packages in an archive, `import` of an
          // older Electron lacks: a packaged application would have no keychain.
          dynamicImportInCjs: false,
        },
      },
    },
  },
  preload: {
    resolve: { alias },
    build: {
      target: 'node18',
      externalizeDeps: false,
      rollupOptions: {
        input: { index: fromRoot('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: fromRoot('src/renderer'),
    resolve: { alias },
    plugins: [react()],
    worker: {
      format: 'es',
      // A folder of its own: main gives what is in it the one policy that lets WebAssembly be compiled.
      rollupOptions: { output: { entryFileNames: 'workers/[name]-[hash].js' } },
    },
    build: {
      target: 'chrome114',
      minify: true,
      // The content security policy allows no data: scripts or fonts: every asset is a file.
      assetsInlineLimit: 0,
      rollupOptions: { input: { index: fromRoot('src/renderer/index.html') } },
    },
  },
});
