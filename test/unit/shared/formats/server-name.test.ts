import { expect, it } from 'vitest';
import { serverName } from '../../../../src/shared/formats/server-name';

it.each([
  ['18.1', 'PostgreSQL 18.1'],
  ['18beta2', 'PostgreSQL 18beta2'],
  ['16.3 (Debian 16.3-1.pgdg120+1)', 'PostgreSQL 16.3 (Debian 16.3-1.pgdg120+1)'],
  ['16.3 (Citus 12)', 'PostgreSQL 16.3 (Citus 12)'],
  ['15.4-YB-2.25.1.0-b0', 'PostgreSQL 15.4-YB-2.25.1.0-b0'],
  ['CockroachDB CCL v24.1.0', 'CockroachDB CCL v24.1.0'],
  ['', 'A server of unknown version'],
])('names a server of version "%s"', (version, name) => {
  expect(serverName(version)).toBe(name);
});
