import { useSettings } from '../../api/settings';
import { windowMemory } from '../../components/grid/window-memory';

/** Gives the rows in this window the memory that the settings name, now and after each change. */
export function startResultMemory(): void {
  windowMemory.share(useSettings.getState().resultMemoryMb);
  useSettings.subscribe(({ resultMemoryMb }, previous) => {
    if (resultMemoryMb !== previous.resultMemoryMb) windowMemory.share(resultMemoryMb);
  });
}
