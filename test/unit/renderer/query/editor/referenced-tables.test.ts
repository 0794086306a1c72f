import { describe, expect, it } from 'vitest';
import { referencedTables } from '../../../../../src/renderer/features/query/editor/referenced-tables';

const names = (statement: string): string[] =>
  referencedTables(statement).map(
    ({ schema, table, alias }) => `${schema === null ? '' : `${schema}.`}${table} ${alias}`,
  );

describe('referencedTables', () => {
  it.each([
    ['select * from film', ['film film']],
    ['select * from Film f where x', ['film f']],
    ['select * from public.film as f join "Actor" on true', ['public.film f', 'Actor Actor']],
    ['select * from a, b x, only c', ['a a', 'b x', 'c c']],
    ['update film set title = 1', ['film film']],
    ['insert into film (a) values (1)', ['film film']],
    ['delete from film using actor a where true', ['film film', 'actor a']],
    ["select 'from nowhere' -- from comment\n from film", ['film film']],
    ['select * from (select * from inside i) o', ['inside i']],
    ['select extract(year from)', []],
    ['select * from', []],
  ])('%s', (statement, expected) => {
    expect(names(statement)).toEqual(expected);
  });
});
