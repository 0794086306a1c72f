import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageApplication } from '../package/package-application.mjs';
import { ensureBuild, forgetBuild } from '../setup/build.mjs';
import { hasOldestServer } from '../setup/oldest-server.mjs';
import { projectRoot } from '../setup/project.mjs';
import { runCommand } from '../setup/run-command.mjs';
import { ensureServerPrograms } from '../setup/server-programs.mjs';
import { noTests, playwrightCounts, reasonOfFailure, vitestCounts } from './results.mjs';
import { runInDesktopSession } from './run-in-desktop-session.mjs';

/** @typedef {import('./results.mjs').Counts} Counts */
/** @typedef {{ counts: Counts, failure: string | null }} StageResult `failure` says why, or null. */
/** @typedef {{ name: string, run: () => Promise<StageResult> }} Stage */

const resultsFolder = join(projectRoot, 'test-results');

/**
 * Every stage of `npm test`, in order: what is quick to fail comes first.
 * @type {readonly Stage[]}
 */
export const stages = [
  {
    name: 'typecheck',
    run: () =>
      tools(
        ['node', 'web', 'test'].map((name) => [
          'typescript/bin/tsc',
          '-p',
          `tsconfig.${name}.json`,
        ]),
      ),
  },
  {
    name: 'lint',
    run: () => tools([['oxlint/bin/oxlint', '--type-aware', '--deny-warnings']]),
  },
  {
    name: 'format',
    run: () => tools([['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']]),
  },
  { name: 'unit', run: () => vitest('unit') },
  {
    name: 'integration',
    run: async () => {
      await ensureServerPrograms(join(projectRoot, '.cache'));
      return vitest('integration');
    },
  },
  ...(hasOldestServer
    ? [{ name: 'integration-oldest', run: () => vitest('integration-oldest') }]
    : []),
  {
    name: 'build',
    run: async () => {
      forgetBuild();
      await ensureBuild();
      return { counts: noTests, failure: null };
    },
  },
  {
    name: 'e2e',
    run: async () => {
      await ensureServerPrograms(join(projectRoot, '.cache'));
      await ensureBuild();
      return playwright('e2e', {});
    },
  },
  {
    name: 'package',
    run: async () => {
      // Outside the source tree, whose node_modules would stand in for what the package lacks.
      const dist = mkdtempSync(join(tmpdir(), 'postern-package-'));
      try {
        const executable = await packageApplication({
          folderOnly: true,
          refreshRuntime: false,
          allowDevelopmentRuntime: true,
          dist,
        });
        return await playwright('package', { PACKAGED_EXECUTABLE: executable });
      } finally {
        rmSync(dist, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
      }
    },
  },
];

/**
 * The stages that the command line asks for: all of them, or those it names. Returns the first unknown name instead where there is one.
 * @param {readonly string[]} names
 * @returns {{ chosen: readonly Stage[] } | { unknown: string }}
 */
export function chooseStages(names) {
  const unknown = names.find((name) => !stages.some((stage) => stage.name === name));
  if (unknown !== undefined) return { unknown };
  return {
    chosen: names.length === 0 ? stages : stages.filter((stage) => names.includes(stage.name)),
  };
}

/**
 * Runs development tools one after another until one fails.
 * @param {readonly (readonly [string, ...string[]])[]} commands A script below node_modules and its arguments.
 * @returns {Promise<StageResult>}
 */
async function tools(commands) {
  for (const [script, ...args] of commands) {
    const code = await runCommand(process.execPath, [
      join(projectRoot, 'node_modules', script),
      ...args,
    ]);
    if (code !== 0) return { counts: noTests, failure: `${script.split('/')[0]} found something` };
  }
  return { counts: noTests, failure: null };
}

/**
 * @param {string} project A project of vitest.config.ts.
 * @returns {Promise<StageResult>}
 */
async function vitest(project) {
  const report = freshReport(project);
  const code = await runCommand(process.execPath, [
    join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  const counts = existsSync(report)
    ? vitestCounts(JSON.parse(readFileSync(report, 'utf8')))
    : noTests;
  return { counts, failure: reasonOfFailure(counts, code) };
}

/**
 * @param {string} project A project of playwright.config.ts.
 * @param {NodeJS.ProcessEnv} env Added to the environment of the tests.
 * @returns {Promise<StageResult>}
 */
async function playwright(project, env) {
  const report = freshReport(project);
  const code = await runInDesktopSession(
    {
      command: process.execPath,
      args: [
        join(projectRoot, 'node_modules', '@playwright', 'test', 'cli.js'),
        'test',
        `--project=${project}`,
        '--reporter=list,json',
      ],
    },
    { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  );
  const counts = existsSync(report)
    ? playwrightCounts(JSON.parse(readFileSync(report, 'utf8')))
    : noTests;
  return { counts, failure: reasonOfFailure(counts, code) };
}

/**
 * The path of a runner's report; a report of an earlier run is deleted, so that it cannot be taken for this one's.
 * @param {string} name
 */
function freshReport(name) {
  const folder = join(resultsFolder, 'reports');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  rmSync(file, { force: true });
  return file;
}
