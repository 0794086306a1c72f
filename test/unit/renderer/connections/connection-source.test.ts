import type { EnvironmentConnection } from '@shared/models/connection-profile';
import { describe, expect, it } from 'vitest';
import {
  findOpen,
  sourceKey,
} from '../../../../src/renderer/features/connections/connection-source';
import { openedConnection } from './connection-fixture';

const connection = openedConnection('DATABASE_URL', {
  profileId: null,
  origin: 'environment',
});
const environment: EnvironmentConnection = {
  source: 'DATABASE_URL',
  label: 'DATABASE_URL',
  host: 'localhost',
  port: 5432,
  database: 'app',
  user: 'me',
};

describe('findOpen', () => {
  const target = {
    source: { kind: 'environment', source: 'DATABASE_URL' } as const,
    environment,
  };

  it('finds the connection that the environment has led to', () => {
    expect(findOpen(target, [connection])).toBe(connection);
  });

  it('takes neither another database nor another origin for it', () => {
    expect(findOpen(target, [{ ...connection, database: 'other' }])).toBeUndefined();
    expect(findOpen(target, [{ ...connection, origin: 'profile' }])).toBeUndefined();
  });

  it('finds the sample by its origin', () => {
    const sample = { ...connection, origin: 'sample' as const };
    expect(findOpen({ source: { kind: 'sample' } }, [connection, sample])).toBe(sample);
  });
});

describe('sourceKey', () => {
  it('never holds a password', () => {
    const id = '00000000-0000-4000-8000-000000000002';
    expect(sourceKey({ kind: 'profile', id, password: 'secret' })).toBe(`profile:${id}`);
  });
});
