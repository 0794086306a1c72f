import { beforeAll, describe, expect, it } from 'vitest';
import { QueryValidator } from '../../../../../src/main/services/query-validator';
import { loadParser } from '../../../../../src/main/sql/parser';
import { conditionCases } from './cases/conditions';
import { dataChangeCases } from './cases/data-changes';
import { harmlessCases } from './cases/harmless';
import { serverCases } from './cases/server';
import { sessionCases } from './cases/session';
import { structureCases } from './cases/structure';

beforeAll(loadParser);

describe.each([
  ['conditions', conditionCases],
  ['data changes', dataChangeCases],
  ['structure', structureCases],
  ['server', serverCases],
  ['session and scripts', sessionCases],
  ['harmless', harmlessCases],
])('risks: %s', (_name, cases) => {
  it.each(cases)('%s → %s (%s)', (sql, expected, _why) => {
    const risks = QueryValidator.analyse(sql).flatMap((analysis) => analysis.risks);
    expect(risks.map(({ level, code }) => `${level} ${code}`).join(', ')).toBe(expected);
    expect(QueryValidator.requiresConfirmation(sql)).toBe(expected.includes('confirm'));
  });
});
