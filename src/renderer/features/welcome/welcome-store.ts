import type { AppInfo } from '@shared/models/app-info';
import type { EnvironmentConnection } from '@shared/models/connection-profile';
import type { DatabaseErrorData } from '@shared/models/database-error';
import type { SampleProgress } from '@shared/models/sample';
import { create } from 'zustand';
import { call, errorData, listen } from '../../api/postern';

interface WelcomeState {
  readonly appInfo: AppInfo | null;
  readonly environment: readonly EnvironmentConnection[];
  readonly environmentError: DatabaseErrorData | null;
  /** The sample server's last word; null before it was asked for. */
  readonly sampleProgress: SampleProgress | null;
}

/** What the welcome screen knows of its surroundings. */
export const useWelcome = create<WelcomeState>(() => ({
  appInfo: null,
  environment: [],
  environmentError: null,
  sampleProgress: null,
}));

const { setState } = useWelcome;

/** Reads what the app runs in. Raises CallError. */
export async function loadAppInfo(): Promise<void> {
  setState({ appInfo: await call('app:get-info') });
}

/** Reads the connections that the environment names; a failure is kept as `environmentError`. */
export async function loadEnvironment(): Promise<void> {
  try {
    setState({ environment: await call('profile:list-environment'), environmentError: null });
  } catch (error) {
    setState({ environmentError: errorData(error) });
  }
}

/** Follows the progress of the sample server; the returned function ends that. */
export function watchSampleProgress(): () => void {
  return listen('sample:progress', (sampleProgress) => setState({ sampleProgress }));
}

/** Forgets the progress of an earlier start, so that the next one begins at nought. */
export function resetSampleProgress(): void {
  setState({ sampleProgress: null });
}
