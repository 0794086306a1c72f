import { beforeAll, describe, expect, it } from 'vitest';
import {
  statementAnalysisSchema,
  type StatementAnalysis,
} from '../../../../../src/shared/models/statement-analysis';
import { QueryValidator } from '../../../../../src/main/services/query-validator';
import { loadParser } from '../../../../../src/main/sql/parser';
import { splitStatements } from '../../../../../src/shared/sql/statements';

beforeAll(loadParser);

function only(sql: string): StatementAnalysis {
  const [analysis, second] = QueryValidator.analyse(sql);
  if (analysis === undefined || second !== undefined) throw new Error(`not one statement: ${sql}`);
  return analysis;
}

/** The flags of a statement that are on, in alphabetical order. */
const flagsOf = (sql: string): string =>
  Object.entries(only(sql))
    .flatMap(([name, value]) => (value === true ? [name] : []))
    .sort()
    .join(' ');

const relationsOf = (sql: string): string =>
  only(sql)
    .relations.map(
      ({ schema, name, role }) => `${role} ${schema === null ? '' : `${schema}.`}${name}`,
    )
    .join(', ');

describe('QueryValidator.analyseRoutine', () => {
  it.each([
    [
      "create function f() returns int language sql as 'delete from t'",
      'f(): Deletes every row of t: it has no WHERE.',
    ],
    ['create function f() returns int newer syntax', 'f(): Its code could not be examined.'],
    [
      "create function f() returns int language sql as 'selec 1'",
      'f(): It runs code that could not be examined: syntax error at or near "selec".',
    ],
  ])('tells what is known of %s', (definition, reason) => {
    const { risks, writes } = QueryValidator.analyseRoutine('f', definition);
    expect(risks.map((risk) => risk.reason)).toEqual([reason]);
    expect(writes).toBe(true);
  });

  it.each([
    "create function f() returns int language sql as 'select 1'",
    "create function f() returns int language plpython3u as 'x'",
    "create function f() returns int language c as 'library', 'symbol'",
  ])('has nothing to tell of %s', (definition) => {
    const { risks, writes } = QueryValidator.analyseRoutine('f', definition);
    expect({ risks, writes }).toEqual({ risks: [], writes: false });
  });
});

describe('QueryValidator.analyse', () => {
  it('gives one analysis for each statement, with its place in the text', () => {
    const sql = "select 'é😀'; -- note\n\n drop table t ;";
    const analyses = QueryValidator.analyse(sql);
    expect(analyses.map(({ range }) => sql.slice(range.from, range.to))).toEqual([
      "select 'é😀'",
      'drop table t',
    ]);
  });

  it('gives what the shared model describes', () => {
    for (const analysis of QueryValidator.analyse('drop table t; select $1; selec; \\d')) {
      expect(statementAnalysisSchema.parse(analysis)).toEqual(analysis);
    }
  });

  it.each([
    ['select 1', 'select'],
    ['values (1)', 'select'],
    ['insert into t values (1)', 'insert'],
    ['update t set a = 1 where id = 1', 'update'],
    ['delete from t where id = 1', 'delete'],
    ['merge into t using s on t.id = s.id when matched then do nothing', 'merge'],
    ['truncate t', 'truncate'],
    ['create table t ()', 'create'],
    ['create database d', 'create'],
    ['alter table t add a int', 'alter'],
    ['alter system reset all', 'alter'],
    ['drop table t', 'drop'],
    ['drop role r', 'drop'],
    ['grant select on t to bob', 'grant'],
    ['grant a to b', 'grant'],
    ['revoke select on t from bob', 'revoke'],
    ['revoke a from b', 'revoke'],
    ["comment on table t is 'x'", 'comment'],
    ['copy t to stdout', 'copy'],
    ['copy t from stdin;\n1\n\\.', 'copy'],
    ['explain select 1', 'explain'],
    ['show all', 'show'],
    ['set a.b = 1', 'set'],
    ['reset all', 'set'],
    ['do $$ begin end $$', 'do'],
    ['call p()', 'call'],
    ['prepare p as select 1', 'prepare'],
    ['execute p', 'execute'],
    ['deallocate p', 'deallocate'],
    ['declare c cursor for select 1', 'cursor'],
    ['begin', 'transaction'],
    ['lock t', 'lock'],
    ['vacuum', 'vacuum'],
    ['analyze', 'analyze'],
    ['reindex table t', 'reindex'],
    ['cluster', 'cluster'],
    ['refresh materialized view m', 'refresh'],
    ['notify x', 'notify'],
    ['checkpoint', 'checkpoint'],
    ["load 'x'", 'load'],
    ['discard plans', 'discard'],
    ['import foreign schema a from server b into c', 'import'],
    ['\\d', 'meta-command'],
    ['selec', 'unknown'],
  ])('kind of %s', (sql, kind) => {
    expect(only(sql).kind).toBe(kind);
  });

  it.each([
    ['select 1', 'returnsRows'],
    ['select * from t', 'reads returnsRows'],
    ['table t', 'reads returnsRows'],
    ['select 1 into t', 'changesStructure writes'],
    ['select 1 into t union select 2', 'changesStructure writes'],
    ['select * into temp x from t', 'changesSession changesStructure reads writes'],
    ['create table x as select * from t', 'changesStructure reads writes'],
    ['create temp table x (a int)', 'changesSession changesStructure'],
    ['create table pg_temp.x (a int)', 'changesSession changesStructure'],
    ['create temp view v as select * from t', 'changesSession changesStructure'],
    ['create temp sequence s', 'changesSession changesStructure'],
    ['insert into t values (1)', 'writes'],
    ['insert into t select * from u', 'reads writes'],
    ['insert into t values (1) returning id', 'returnsRows writes'],
    ['delete from t where id = 1 returning id', 'returnsRows writes'],
    ['with d as (delete from t where id = 1 returning *) select 1', 'returnsRows writes'],
    ['explain delete from t', 'returnsRows'],
    ['explain analyze delete from t where id = 1', 'returnsRows writes'],
    ['show all', 'returnsRows'],
    ['fetch all from c', 'returnsRows'],
    ['move all in c', ''],
    ['declare c cursor for select * from t', 'reads'],
    ['declare c cursor with hold for select * from t', 'changesSession reads'],
    ['copy t from stdin', 'writes'],
    ['copy t to stdout', 'copiesToClient reads'],
    ['copy (select 1) to stdout', 'copiesToClient reads'],
    ["copy t to '/x'", 'reads touchesServer'],
    ['set a.b = 1', 'changesSession'],
    ['update pg_settings set setting = 1', 'changesSession leavesReadOnly writes'],
    ['set local a.b = 1', ''],
    ['set search_path = a', 'changesSession'],
    ['set transaction read only', ''],
    ['set transaction read write', 'leavesReadOnly'],
    ['set session characteristics as transaction read write', 'changesSession leavesReadOnly'],
    ["select set_config('a.b', '1', true)", 'returnsRows'],
    ["select set_config('a.b', '1', false)", 'changesSession returnsRows'],
    ['select pg_advisory_lock(1)', 'changesSession returnsRows'],
    ['select pg_advisory_xact_lock(1)', 'returnsRows'],
    ["select nextval('s')", 'returnsRows writes'],
    ['prepare p as delete from t', 'changesSession'],
    ['listen x', 'changesSession'],
    ["load 'x'", 'changesSession touchesServer'],
    ['discard all', 'cannotRunInTransaction changesSession leavesReadOnly'],
    ['vacuum t', 'cannotRunInTransaction'],
    ['analyze t', 'reads'],
    ['create database d', 'cannotRunInTransaction changesStructure touchesServer'],
    ['drop database d', 'cannotRunInTransaction changesStructure touchesServer'],
    ['alter database d set tablespace t', 'cannotRunInTransaction touchesServer'],
    ['alter system reset all', 'cannotRunInTransaction touchesServer'],
    ["create tablespace t location '/x'", 'cannotRunInTransaction changesStructure touchesServer'],
    ['create index concurrently i on t (a)', 'cannotRunInTransaction changesStructure'],
    ['create index i on t (a)', 'changesStructure'],
    ['drop index concurrently i', 'cannotRunInTransaction changesStructure'],
    ['reindex table concurrently t', 'cannotRunInTransaction'],
    ['reindex table t', ''],
    ['reindex database d', 'cannotRunInTransaction'],
    ['cluster', 'cannotRunInTransaction'],
    ['cluster t', ''],
    ['alter table t detach partition p concurrently', 'cannotRunInTransaction changesStructure'],
    ["commit prepared 'x'", 'cannotRunInTransaction writes'],
    ['do $$ begin commit; end $$', 'cannotRunInTransaction leavesReadOnly'],
    ['do $$ begin drop table t; end $$', 'changesStructure'],
    ['do $$ begin perform purge(); end $$', 'reads writes'],
    ['do $$ begin perform now(); end $$', ''],
    ['do $$ begin create temp table x (a int); end $$', 'changesSession changesStructure'],
    ['do $$ begin grant select on t to bob; end $$', 'changesRights'],
    ['do $$ begin perform 1; end $$', ''],
    ["select pg_notify('a', 'b')", 'returnsRows touchesServer'],
    ["select pg_logical_emit_message(false, 'a', 'b')", 'returnsRows touchesServer'],
    ["notify a, 'b'", 'touchesServer'],
    ['merge into t using s on t.id = s.id when matched then do nothing', 'reads'],
    ['merge into t using s on t.id = s.id when matched then delete', 'reads writes'],
    ['call p()', 'reads returnsRows writes'],
    ['grant select on t to bob', 'changesRights'],
    ['alter role bob superuser', 'changesRights'],
    ['alter table t enable row level security', 'changesRights changesStructure'],
    ['create view v as select * from t', 'changesStructure'],
    ['selec', 'changesSession changesStructure reads returnsRows writes'],
  ])('flags of %s', (sql, flags) => {
    expect(flagsOf(sql)).toBe(flags);
  });

  it.each([
    ['begin', 'begin'],
    ['start transaction', 'begin'],
    ['commit', 'commit'],
    ['end', 'commit'],
    ['rollback', 'rollback'],
    ['abort', 'rollback'],
    ['savepoint a', 'savepoint'],
    ['release a', 'release'],
    ['rollback to a', 'rollback-to'],
    ["prepare transaction 'x'", 'prepare'],
    ['select 1', null],
  ])('transaction control of %s', (sql, control) => {
    expect(only(sql).transactionControl).toBe(control);
  });

  it.each([
    ['select * from a.t, u', 'read a.t, read u'],
    ['with w as (select * from t) select * from w', 'read t'],
    ['with w as (select 1) select * from s.w', 'read s.w'],
    ['insert into t select * from u', 'write t, read u'],
    ['delete from t using u where t.id = u.id', 'write t, read u'],
    ['truncate a.t, u', 'truncate a.t, truncate u'],
    ['drop table a.t, "U"', 'drop a.t, drop U'],
    ['drop function f', ''],
    ['alter table t add a int', 'alter t'],
    ['alter table t rename to u', 'alter t'],
    ['create table t (a int references u)', 'create t, read u'],
    ['create view v as select * from t', 'create v, read t'],
    ['lock t', 'lock t'],
    ['copy t from stdin', 'write t'],
    ['do $$ begin delete from t where id = 1; end $$', 'write t'],
  ])('relations of %s', (sql, relations) => {
    expect(relationsOf(sql)).toBe(relations);
  });

  it.each<[string, number[]]>([
    ['select $1, $2', [1, 2]],
    ['select $3, $1, $3', [1, 3]],
    ["select '$1'", []],
    ['select $$ $1 $$', []],
    ['prepare p as select $1', []],
    ['prepare p as select $1; execute p($2)', [2]],
    ['insert into t values ($1) returning $2::int', [1, 2]],
  ])('parameters of %s', (sql, parameters) => {
    expect(QueryValidator.analyse(sql).at(-1)?.parameters).toEqual(parameters);
  });

  it('names the relation and says why in a sentence', () => {
    expect(only('delete from "Shop".orders').risks).toEqual([
      {
        code: 'deletes-all-rows',
        level: 'confirm',
        reason: 'Deletes every row of "Shop".orders: it has no WHERE.',
        relation: '"Shop".orders',
      },
    ]);
    expect(only('drop owned by bob, ada').risks[0]?.reason).toBe(
      'Drops everything in this database that is owned by bob, ada, and revokes all rights given to bob, ada in it.',
    );
    expect(only('revoke admin option for readers from bob').risks[0]?.reason).toBe(
      'Takes the ADMIN option of the membership in readers from bob.',
    );
    expect(only('revoke grant option for select on t from bob').risks[0]?.reason).toBe(
      'Takes the option to give on rights on table t from bob.',
    );
    expect(only('set role none').risks[0]?.reason).toBe(
      'What follows runs with the rights of the original user.',
    );
    expect(only('alter large object 70000000000 owner to bob').risks[0]?.reason).toBe(
      'Gives large object 70000000000 to bob.',
    );
    expect(only('alter group staff add user bob').risks[0]?.reason).toBe(
      'Changes who is a member of staff.',
    );
    expect(only('truncate a, b cascade').risks[0]?.reason).toBe(
      'Removes every row of a, b and of all tables that refer to it (CASCADE).',
    );
    expect(only('alter table t drop column c cascade').risks[0]?.reason).toBe(
      'Drops column c of t with its values and all that depends on it (CASCADE).',
    );
    expect(only('select * from from').risks[0]?.reason).toBe(
      'It could not be examined: syntax error at or near "from".',
    );
    expect(only('select :x').risks[0]?.reason).toContain('Variables of psql are not replaced');
    expect(only('\\c other').risks[0]?.reason).toContain('another database');
  });
});

describe('QueryValidator.analyseOne', () => {
  it.each([
    ['select 1; drop table t; select 2', 1, 'drops'],
    ['prepare d as delete from t; execute d', 1, 'deletes-all-rows'],
    ['/* c */ PREPARE d AS DELETE FROM t;\n-- x\nEXECUTE d', 1, 'deletes-all-rows'],
    ['prepare d as delete from t; deallocate d; execute d', 2, 'dynamic-sql'],
    ['execute d; prepare d as select 1', 0, 'dynamic-sql'],
    ['drop table t; explain analyze delete from t', 1, 'deletes-all-rows'],
  ])('%s, %i', (sql, index, code) => {
    const [statement] = splitStatements(sql).slice(index);
    const found = statement === undefined ? null : QueryValidator.analyseOne(sql, statement);
    expect(found?.range).toEqual(statement?.range);
    expect(found?.risks.map((risk) => risk.code)).toEqual([code]);
  });
});

describe('QueryValidator.isDangerous', () => {
  it.each([
    ['drop table t', true, true],
    ['delete from t', true, true],
    ['selec 1', true, true],
    ['vacuum full t', false, true],
    ['revoke select on t from bob', false, true],
    ["alter system set work_mem = '1GB'", false, true],
    ['select * from t for update', false, false],
    ['select 1', false, false],
  ])('%s', (sql, dangerous, confirmed) => {
    expect(QueryValidator.isDangerous(sql)).toBe(dangerous);
    expect(QueryValidator.requiresConfirmation(sql)).toBe(confirmed);
  });
});
