import { objectKinds, type ObjectKind } from '@shared/models/search';

/** Where an object comes from: somebody's own, an extension's, the system's. */
export const origins = { own: 0, extension: 1, system: 2 } as const;

/** What is looked for less stands behind what is looked for more, where the names fit alike. */
const kindPenalty: Readonly<Record<ObjectKind, number>> = {
  schema: 8,
  table: 0,
  'partitioned table': 0,
  view: 2,
  'materialized view': 2,
  'foreign table': 2,
  sequence: 140,
  function: 30,
  procedure: 30,
  aggregate: 34,
  'window function': 34,
  type: 50,
  column: 130,
};
const penalties = objectKinds.map((kind) => kindPenalty[kind]);
/** By number of the origin. */
const originPenalties = [0, 150, 300];
const lockedPenalty = 20;

/** What an entry's score is less than that of its name; 0 or above. */
export function penaltyOf(kind: number, origin: number, isUsable: boolean): number {
  return (penalties[kind] ?? 0) + (originPenalties[origin] ?? 0) + (isUsable ? 0 : lockedPenalty);
}
