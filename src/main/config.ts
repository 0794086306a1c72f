import type { ResolvedPoolLimits } from './db/session/connection-settings';
import {
  defaultPoolLimits,
  mergePoolLimits,
  poolLimitNames,
  poolLimitRanges,
  refusedLimit,
  type LimitName,
  type WrittenLimit,
} from './db/pool/pool-limits';

/** What the process's environment sets, validated once at start. */
export interface Config {
  /** Limits of every pool, where the profile does not say otherwise. */
  readonly poolDefaults: ResolvedPoolLimits;
}

const second = 1_000;
const hour = 3_600 * second;

const variables: Readonly<Record<LimitName, string>> = {
  maxConnections: 'MAX_DB_CONNECTIONS',
  minConnections: 'MIN_DB_CONNECTIONS',
  acquireTimeoutMs: 'DB_ACQUIRE_TIMEOUT',
  idleTimeoutMs: 'DB_IDLE_TIMEOUT',
  maxLifetimeMs: 'DB_MAX_LIFETIME',
};

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
  const given: { [K in LimitName]?: number } = {};
  for (const name of poolLimitNames) {
    const { isDuration } = poolLimitRanges[name];
    const text = environment[variables[name]]?.trim() ?? '';
    if (text === '') continue;
    const value = isDuration ? parseDurationMs(text) : parseCount(text);
    if (value === null) throw refusedLimit(name, inEnvironment(environment)(name));
    given[name] = value;
  }
  return Object.freeze({
    poolDefaults: mergePoolLimits(defaultPoolLimits, given, inEnvironment(environment)),
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

function inEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): (name: LimitName) => WrittenLimit {
  return (name) => {
    const { minimum, maximum, isDuration } = poolLimitRanges[name];
    const variable = variables[name];
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

function duration(ms: number): string {
  if (ms === 0) return '0';
  if (ms % hour === 0) return `${ms / hour}h`;
  return ms % second === 0 ? `${ms / second}s` : `${ms}ms`;
}
