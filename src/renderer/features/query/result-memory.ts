import { call } from '../../api/postern';
import { windowMemory } from '../../components/grid/window-memory';

/** Gives the rows in this window the memory that the settings name. Raises CallError. */
export async function startResultMemory(): Promise<void> {
  const { resultMemoryMb } = await call('settings:get');
  windowMemory.share(resultMemoryMb);
}
