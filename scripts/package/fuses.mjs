import {
  FuseState,
  FuseV1Options,
  FuseVersion,
  flipFuses,
  getCurrentFuseWire,
} from '@electron/fuses';
import { SetupError } from '../setup/project.mjs';

/**
 * What the packaged runtime can still do. Names are those of Electron's documentation of its fuses.
 * Cookies stay as they are: the page sets none, and their encryption would ask the keychain before
 * the window is there, even of whoever never keeps a password.
 * @param {NodeJS.Platform} platform
 */
export function wantedFuses(platform) {
  return {
    // The application would otherwise be a Node.js that every program can run under its name.
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    [FuseV1Options.EnableCookieEncryption]: false,
    // Electron checks the archive on macOS and Windows; it has nothing to check it against on Linux.
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: platform !== 'linux',
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // The page comes from a protocol of its own, never from file://.
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    [FuseV1Options.WasmTrapHandlers]: true,
  };
}

/**
 * Sets the fuses of an executable; those that an older runtime lacks are left out. Raises where the
 * file is no Electron, and SetupError where a newer one has a fuse that nobody has decided on yet.
 * @param {{ executable: string, platform: NodeJS.Platform }} options
 */
export async function setFuses({ executable, platform }) {
  const wanted = new Map(Object.entries(wantedFuses(platform)));
  const present = [...(await readFuses(executable)).keys()].map(String);
  const unknown = present.find((fuse) => !wanted.has(fuse));
  if (unknown !== undefined) {
    throw new SetupError(`Electron has a new fuse, number ${unknown}: add it to wantedFuses.`);
  }
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // A changed executable has a broken signature, and macOS on arm64 starts none without one.
    resetAdHocDarwinSignature: platform === 'darwin',
    ...Object.fromEntries(present.map((fuse) => [fuse, wanted.get(fuse)])),
  });
}

/**
 * The fuses that an executable has, by their numbers, and whether each is on.
 * @param {string} executable
 * @returns {Promise<ReadonlyMap<number, boolean>>}
 */
export async function readFuses(executable) {
  const { version: _version, ...wire } = await getCurrentFuseWire(executable);
  const states = Object.entries(wire);
  return new Map(
    states
      .filter(([, state]) => state === FuseState.ENABLE || state === FuseState.DISABLE)
      .map(([fuse, state]) => [Number(fuse), state === FuseState.ENABLE]),
  );
}
