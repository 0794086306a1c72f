import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** A program of the tests, bundled so that a plain Node runs it in a process of its own. */
export interface ChildProgram {
  readonly path: string;
  /** Deletes it. */
  remove(): Promise<void>;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Bundles `children/<name>.ts`. It lies inside the project, so that packages are found from there. */
export async function bundleChild(name: string): Promise<ChildProgram> {
  await mkdir(join(root, '.cache'), { recursive: true });
  const folder = await mkdtemp(join(root, '.cache', 'test-child-'));
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    resolve: { alias: { '@shared': join(root, 'src/shared') } },
    build: {
      ssr: join(root, 'test/integration/profiles/children', `${name}.ts`),
      outDir: folder,
      target: 'node20',
      rollupOptions: { output: { format: 'es', entryFileNames: `${basename(name)}.mjs` } },
    },
  });
  return {
    path: join(folder, `${name}.mjs`),
    remove: () => rm(folder, { recursive: true }),
  };
}
