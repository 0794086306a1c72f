/**
 * `npm test`: sets up whatever is missing, then checks and tests everything.
 *
 *   npm test                  all stages, stopping at the first that fails
 *   npm test -- unit          one stage (several names: several stages)
 *
 * The last line is "N passed, N failed"; the exit code is 0 only when all that was asked for passed.
 */
import { projectRoot, SetupError } from './setup/project.mjs';
import { setUp } from './setup/set-up.mjs';
import { runtimePackages, testPackages } from './setup/system-packages.mjs';
import { addCounts, noTests, summaryLine } from './test/results.mjs';
import { chooseStages, stages } from './test/stages.mjs';

process.chdir(projectRoot);
process.exitCode = await test(process.argv.slice(2));

/**
 * @param {readonly string[]} names
 * @returns {Promise<number>} The exit code.
 */
async function test(names) {
  const choice = chooseStages(names);
  if ('unknown' in choice) {
    const known = stages.map(({ name }) => name).join(', ');
    console.error(`There is no stage "${choice.unknown}". The stages are: ${known}.`);
    return 2;
  }
  let counts = noTests;
  let failure = null;
  try {
    await setUp({
      packages: [...runtimePackages, ...testPackages],
      purpose: 'Electron, the keychain and the end-to-end tests need them',
      refreshRuntime: false,
    });
    for (const stage of choice.chosen) {
      console.log(`\n=== ${stage.name}`);
      const startedAt = performance.now();
      const result = await stage.run();
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      counts = addCounts(counts, result.counts);
      failure = result.failure;
      console.log(`=== ${stage.name}: ${failure === null ? 'ok' : failure} (${seconds} s)`);
      if (failure !== null) break;
    }
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    failure = error.message;
    console.error(`\n${failure}`);
  }
  console.log(`\n${summaryLine(counts, failure === null)}`);
  return failure === null ? 0 : 1;
}
