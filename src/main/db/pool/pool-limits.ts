import type { PoolLimits } from '@shared/models/connection-profile';
import type { ResolvedPoolLimits } from '../session/connection-settings';
import { DatabaseError } from '../errors/database-error';

/** What one limit may be. Times in milliseconds. */
export interface LimitRange {
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly isDuration: boolean;
}

export type LimitName = keyof ResolvedPoolLimits;

/** A limit as its author wrote it, for the message of a refusal. */
export interface WrittenLimit {
  readonly name: string;
  readonly value: string;
  readonly allowed: string;
}

const second = 1_000;
const hour = 3_600 * second;
const day = 24 * hour;

/** The limits of a pool, each with its default and what it may be. */
export const poolLimitRanges: Readonly<Record<LimitName, LimitRange>> = {
  maxConnections: { default: 20, minimum: 1, maximum: 1_000, isDuration: false },
  minConnections: { default: 2, minimum: 0, maximum: 1_000, isDuration: false },
  // Never 0: waiting for ever would hide that all sessions are in use.
  acquireTimeoutMs: { default: 5 * second, minimum: 1, maximum: hour, isDuration: true },
  idleTimeoutMs: { default: 300 * second, minimum: 0, maximum: day, isDuration: true },
  maxLifetimeMs: { default: 1_800 * second, minimum: 0, maximum: 7 * day, isDuration: true },
};

/** What holds where neither the environment nor the profile says anything. */
export const defaultPoolLimits: ResolvedPoolLimits = Object.freeze({
  maxConnections: poolLimitRanges.maxConnections.default,
  minConnections: poolLimitRanges.minConnections.default,
  acquireTimeoutMs: poolLimitRanges.acquireTimeoutMs.default,
  idleTimeoutMs: poolLimitRanges.idleTimeoutMs.default,
  maxLifetimeMs: poolLimitRanges.maxLifetimeMs.default,
});

/** In the order in which they are read and checked. */
export const poolLimitNames = [
  'maxConnections',
  'minConnections',
  'acquireTimeoutMs',
  'idleTimeoutMs',
  'maxLifetimeMs',
] as const satisfies readonly LimitName[];

/**
 * A profile's limits over the app's defaults. A maximum below the default minimum lowers the minimum
 * with it, since the profile did not ask for that one. Raises DatabaseError of kind InvalidInput
 * whose `field` is the limit's name.
 */
export function resolvePoolLimits(
  defaults: ResolvedPoolLimits,
  profileLimits: PoolLimits,
): ResolvedPoolLimits {
  return mergePoolLimits(defaults, profileLimits, (name) => {
    const { minimum, maximum, isDuration } = poolLimitRanges[name];
    const unit = isDuration ? ' of milliseconds' : '';
    return {
      name,
      value: String(profileLimits[name]),
      allowed: `Give a whole number${unit} from ${minimum} to ${maximum}.`,
    };
  });
}

/**
 * The given limits over the defaults, with the rules of resolvePoolLimits. `asWritten` says how the
 * author of a limit wrote it. Raises DatabaseError of kind InvalidInput.
 */
export function mergePoolLimits(
  defaults: ResolvedPoolLimits,
  given: PoolLimits,
  asWritten: (name: LimitName) => WrittenLimit,
): ResolvedPoolLimits {
  for (const name of poolLimitNames) {
    const value = given[name];
    if (value === undefined) continue;
    const { minimum, maximum } = poolLimitRanges[name];
    if (!Number.isInteger(value) || value < minimum || value > maximum) {
      throw refusedLimit(name, asWritten(name));
    }
  }
  const maxConnections = given.maxConnections ?? defaults.maxConnections;
  const minConnections = given.minConnections ?? Math.min(defaults.minConnections, maxConnections);
  if (minConnections > maxConnections) {
    throw new DatabaseError({
      kind: 'InvalidInput',
      field: 'minConnections',
      message: `${asWritten('minConnections').name} is ${minConnections}, more than ${asWritten('maxConnections').name}, which is ${maxConnections}.`,
      advice: 'Lower the first or raise the second.',
    });
  }
  return Object.freeze({
    maxConnections,
    minConnections,
    acquireTimeoutMs: given.acquireTimeoutMs ?? defaults.acquireTimeoutMs,
    idleTimeoutMs: given.idleTimeoutMs ?? defaults.idleTimeoutMs,
    maxLifetimeMs: given.maxLifetimeMs ?? defaults.maxLifetimeMs,
  });
}

/** What a limit that cannot be used is refused with. */
export function refusedLimit(
  field: LimitName,
  { name, value, allowed }: WrittenLimit,
): DatabaseError {
  return new DatabaseError({
    kind: 'InvalidInput',
    field,
    message: `${name} cannot be "${value}".`,
    advice: allowed,
  });
}
