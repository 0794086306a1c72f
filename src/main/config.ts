import type { PoolLimits } from '@shared/models/connection-profile';
import type { ResolvedPoolLimits } from './db/connection-settings';
import { DatabaseError } from './db/errors';

/** What the process's environment sets, validated once at start. */
export interface Config {
  /** Limits of every pool, where the profile does not say otherwise. */
  readonly poolDefaults: ResolvedPoolLimits;
}

interface Limit {
  readonly variable: string;
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly isDuration: boolean;
}

/** A limit as its author wrote it, for the message of a refusal. */
interface Written {
  readonly name: string;
  readonly value: string;
  readonly allowed: string;
}

const second = 1_000;
const hour = 3_600 * second;
const day = 24 * hour;

const limits: Readonly<Record<keyof ResolvedPoolLimits, Limit>> = {
  maxConnections: {
    variable: 'MAX_DB_CONNECTIONS',
    default: 20,
    minimum: 1,
    maximum: 1_000,
    isDuration: false,
  },
  minConnections: {
    variable: 'MIN_DB_CONNECTIONS',
    default: 2,
    minimum: 0,
    maximum: 1_000,
    isDuration: false,
  },
  acquireTimeoutMs: {
    variable: 'DB_ACQUIRE_TIMEOUT',
    default: 5 * second,
    // Never 0: waiting for ever would hide that all sessions are in use.
    minimum: 1,
    maximum: hour,
    isDuration: true,
  },
  idleTimeoutMs: {
    variable: 'DB_IDLE_TIMEOUT',
    default: 300 * second,
    minimum: 0,
    maximum: day,
    isDuration: true,
  },
  maxLifetimeMs: {
    variable: 'DB_MAX_LIFETIME',
    default: 1_800 * second,
    minimum: 0,
    maximum: 7 * day,
    isDuration: true,
  },
};
const limitNames = [
  'maxConnections',
  'minConnections',
  'acquireTimeoutMs',
  'idleTimeoutMs',
  'maxLifetimeMs',
] as const satisfies readonly (keyof ResolvedPoolLimits)[];

/** Milliseconds of each unit; a number without a unit is in seconds, as the defaults are. */
const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: second,
  '': second,
  m: 60 * second,
  min: 60 * second,
  h: hour,
};

/**
 * Reads MAX_DB_CONNECTIONS (20), MIN_DB_CONNECTIONS (2), DB_ACQUIRE_TIMEOUT (5s), DB_IDLE_TIMEOUT
 * (300s) and DB_MAX_LIFETIME (1800s). Times are written `5s`, `5000ms`, `5m` or `1h`; a plain number
 * is in seconds; 0 switches the idle timeout and the lifetime off. A variable that is unset or empty
 * takes its default.
 *
 * Raises DatabaseError of kind InvalidInput that names the variable, its value and what is allowed.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given: { -readonly [K in keyof PoolLimits]: number } = {};
  for (const name of limitNames) {
    const { variable, isDuration } = limits[name];
    const text = environment[variable]?.trim() ?? '';
    if (text === '') continue;
    const value = isDuration ? parseDurationMs(text) : parseCount(text);
    if (value === null) throw refused(name, inEnvironment(environment)(name));
    given[name] = value;
  }
  const builtIn: ResolvedPoolLimits = {
    maxConnections: limits.maxConnections.default,
    minConnections: limits.minConnections.default,
    acquireTimeoutMs: limits.acquireTimeoutMs.default,
    idleTimeoutMs: limits.idleTimeoutMs.default,
    maxLifetimeMs: limits.maxLifetimeMs.default,
  };
  return Object.freeze({
    poolDefaults: merge(builtIn, given, inEnvironment(environment)),
  });
}

/**
 * A profile's limits over the app's defaults. A maximum below the default minimum lowers the minimum
 * with it, since the profile did not ask for that one. Raises DatabaseError of kind InvalidInput
 * whose `field` is the limit's name.
 */
export function resolvePoolLimits(
  defaults: ResolvedPoolLimits,
  profileLimits: PoolLimits,
): ResolvedPoolLimits {
  return merge(defaults, profileLimits, (name) => {
    const { minimum, maximum, isDuration } = limits[name];
    const unit = isDuration ? ' of milliseconds' : '';
    return {
      name,
      value: String(profileLimits[name]),
      allowed: `Give a whole number${unit} from ${minimum} to ${maximum}.`,
    };
  });
}

/** Milliseconds of a duration as it is written in the environment; null when it is none. */
export function parseDurationMs(text: string): number | null {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  const factor = unitMs[unit.toLowerCase()];
  if (amount === undefined || factor === undefined) return null;
  return Math.round(Number(amount) * factor);
}

function parseCount(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : null;
}

function merge(
  defaults: ResolvedPoolLimits,
  given: PoolLimits,
  asWritten: (name: keyof ResolvedPoolLimits) => Written,
): ResolvedPoolLimits {
  for (const name of limitNames) {
    const value = given[name];
    if (value === undefined) continue;
    const { minimum, maximum } = limits[name];
    if (!Number.isInteger(value) || value < minimum || value > maximum) {
      throw refused(name, asWritten(name));
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

function inEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): (name: keyof ResolvedPoolLimits) => Written {
  return (name) => {
    const { variable, minimum, maximum, isDuration } = limits[name];
    const off = minimum === 0 ? ' 0 switches it off.' : '';
    return {
      name: variable,
      value: environment[variable]?.trim() ?? '',
      allowed: isDuration
        ? `Give a time from ${duration(minimum)} to ${duration(maximum)}, such as 5s, 5000ms or 5m; a plain number is in seconds.${off}`
        : `Give a whole number from ${minimum} to ${maximum}.`,
    };
  };
}

function refused(
  field: keyof ResolvedPoolLimits,
  { name, value, allowed }: Written,
): DatabaseError {
  return new DatabaseError({
    kind: 'InvalidInput',
    field,
    message: `${name} cannot be "${value}".`,
    advice: allowed,
  });
}

function duration(ms: number): string {
  if (ms === 0) return '0';
  if (ms % hour === 0) return `${ms / hour}h`;
  return ms % second === 0 ? `${ms / second}s` : `${ms}ms`;
}
