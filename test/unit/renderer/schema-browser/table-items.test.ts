import type { Constraint } from '@shared/models/table';
import { expect, it } from 'vitest';
import {
  constraintItems,
  notNullItems,
} from '../../../../src/renderer/features/schema-browser/table-items';
import { table, tableInfo } from './catalog-fixture';

const constraint = (kind: Constraint['kind'], name: string, definition: string): Constraint => ({
  name,
  kind,
  definition,
  columns: [],
  operators: [],
});

it('keeps NOT NULL apart, unless it says more than its column', () => {
  const info = tableInfo(table('t'), {
    constraints: [
      constraint('primary key', 'key', 'PRIMARY KEY (a)'),
      constraint('not null', 'plain', 'NOT NULL a'),
      constraint('not null', 'named so', 'NOT NULL "NOT VALID"'),
      constraint('not null', 'later', 'NOT NULL b NOT VALID'),
      constraint('not null', 'own', 'NOT NULL c NO INHERIT'),
    ],
  });
  expect(constraintItems(info).map(({ name }) => name)).toEqual(['key', 'later', 'own']);
  expect(notNullItems(info).map(({ name }) => name)).toEqual(['plain', 'named so']);
});
