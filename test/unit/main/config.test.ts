import { describe, expect, it } from 'vitest';
import { parseDurationMs, readConfig } from '../../../src/main/config';
import { DatabaseError } from '../../../src/main/db/errors/database-error';

function refusal(action: () => unknown): DatabaseError {
  try {
    action();
  } catch (error) {
    if (error instanceof DatabaseError) return error;
    throw error;
  }
  throw new Error('It was expected to be refused.');
}

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      poolDefaults: {
        maxConnections: 20,
        minConnections: 2,
        acquireTimeoutMs: 5_000,
        idleTimeoutMs: 300_000,
        maxLifetimeMs: 1_800_000,
      },
    });
  });

  it('takes what the environment sets', () => {
    const { poolDefaults } = readConfig({
      MAX_DB_CONNECTIONS: '8',
      MIN_DB_CONNECTIONS: '0',
      DB_ACQUIRE_TIMEOUT: '1500ms',
      DB_IDLE_TIMEOUT: '5m',
      DB_MAX_LIFETIME: '0',
    });
    expect(poolDefaults).toEqual({
      maxConnections: 8,
      minConnections: 0,
      acquireTimeoutMs: 1_500,
      idleTimeoutMs: 300_000,
      maxLifetimeMs: 0,
    });
  });

  it('takes an empty variable for an unset one', () => {
    expect(readConfig({ MAX_DB_CONNECTIONS: '  ' })).toEqual(readConfig({}));
  });

  it('cannot be changed', () => {
    const config = readConfig({});
    expect(Object.isFrozen(config) && Object.isFrozen(config.poolDefaults)).toBe(true);
  });

  it('lowers the default minimum to a lower maximum', () => {
    expect(readConfig({ MAX_DB_CONNECTIONS: '1' }).poolDefaults.minConnections).toBe(1);
  });

  it.each([
    ['MAX_DB_CONNECTIONS', '0', 'Give a whole number from 1 to 1000.'],
    ['MAX_DB_CONNECTIONS', '1001', 'Give a whole number from 1 to 1000.'],
    ['MAX_DB_CONNECTIONS', '2.5', 'Give a whole number'],
    ['MIN_DB_CONNECTIONS', '-1', 'Give a whole number from 0 to 1000.'],
    ['MIN_DB_CONNECTIONS', 'two', 'Give a whole number'],
    ['DB_ACQUIRE_TIMEOUT', '0', 'Give a time from 1ms to 1h'],
    ['DB_ACQUIRE_TIMEOUT', '5000', 'a plain number is in seconds'],
    ['DB_ACQUIRE_TIMEOUT', 'soon', 'such as 5s, 5000ms or 5m'],
    ['DB_IDLE_TIMEOUT', '5 fortnights', 'from 0 to 24h'],
    ['DB_IDLE_TIMEOUT', '-5s', '0 switches it off'],
    ['DB_MAX_LIFETIME', '1e9', 'from 0 to 168h'],
  ])('refuses %s=%s and says what is allowed', (variable, value, advice) => {
    const { data } = refusal(() => readConfig({ [variable]: value }));
    expect(data.kind).toBe('InvalidInput');
    expect(data.message).toBe(`${variable} cannot be "${value}".`);
    expect(data.advice).toContain(advice);
  });

  it('refuses a minimum above the maximum', () => {
    const { data } = refusal(() => readConfig({ MIN_DB_CONNECTIONS: '21' }));
    expect(data.message).toBe(
      'MIN_DB_CONNECTIONS is 21, more than MAX_DB_CONNECTIONS, which is 20.',
    );
  });
});

describe('parseDurationMs', () => {
  it.each([
    ['5', 5_000],
    ['5s', 5_000],
    ['5 s', 5_000],
    ['0.5s', 500],
    ['5000ms', 5_000],
    ['5m', 300_000],
    ['5min', 300_000],
    ['2H', 7_200_000],
    ['', null],
    ['s', null],
    ['5 5', null],
    ['5d', null],
    ['-5s', null],
    ['.5s', null],
    ['1e3', null],
    ['Infinity', null],
  ])('%j is %j', (text, ms) => {
    expect(parseDurationMs(text)).toBe(ms);
  });
});
