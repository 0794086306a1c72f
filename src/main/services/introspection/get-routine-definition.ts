import { readableIdentifier } from '@shared/sql/identifiers';
import { z } from 'zod';
import { DatabaseError } from '../../db/errors/database-error';
import type { Queryable } from '../../db/statements/queryable';
import { noSearchPath } from './no-search-path';
import { readObjects } from './read-rows';

/** A reg type prints 0 as "-", and a name quoted and qualified as needed (manual, Object Identifier Types). */
const named = (column: string, type: 'regproc' | 'regtype'): string =>
  `CASE WHEN ${column} <> '0'
     THEN ${column}::pg_catalog.oid::pg_catalog.${type}::pg_catalog.text END`;
const routine = (column: string): string => named(`a.${column}::pg_catalog.oid`, 'regproc');

/** pg_get_functiondef raises an error for an aggregate: its options are in pg_aggregate. */
const definitionQuery = `
  WITH ${noSearchPath}
  SELECT pg_catalog.json_build_object(
           'definition', CASE WHEN p.prokind <> 'a' THEN pg_catalog.pg_get_functiondef(p.oid) END,
           'schema', n.nspname,
           'name', p.proname,
           'arguments', pg_catalog.pg_get_function_arguments(p.oid),
           'isHypothetical', COALESCE(a.aggkind = 'h', false),
           'sortOperator', (
             SELECT pg_catalog.json_build_object(
                      'schema', operator_schema.nspname, 'name', operator.oprname)
               FROM pg_catalog.pg_operator operator
               JOIN pg_catalog.pg_namespace operator_schema
                 ON operator_schema.oid = operator.oprnamespace
              WHERE operator.oid = a.aggsortop),
           'options', pg_catalog.json_build_array(
             pg_catalog.json_build_array('SFUNC', ${routine('aggtransfn')}),
             pg_catalog.json_build_array('STYPE', pg_catalog.format_type(a.aggtranstype, NULL)),
             pg_catalog.json_build_array('SSPACE',
               NULLIF(a.aggtransspace, 0)::pg_catalog.text),
             pg_catalog.json_build_array('FINALFUNC', ${routine('aggfinalfn')}),
             pg_catalog.json_build_array('FINALFUNC_EXTRA',
               CASE WHEN a.aggfinalextra THEN 'true' END),
             pg_catalog.json_build_array('COMBINEFUNC', ${routine('aggcombinefn')}),
             pg_catalog.json_build_array('SERIALFUNC', ${routine('aggserialfn')}),
             pg_catalog.json_build_array('DESERIALFUNC', ${routine('aggdeserialfn')}),
             pg_catalog.json_build_array('INITCOND', pg_catalog.quote_literal(a.agginitval)),
             pg_catalog.json_build_array('MSFUNC', ${routine('aggmtransfn')}),
             pg_catalog.json_build_array('MINVFUNC', ${routine('aggminvtransfn')}),
             pg_catalog.json_build_array('MSTYPE', CASE WHEN a.aggmtranstype <> '0'
               THEN pg_catalog.format_type(a.aggmtranstype, NULL) END),
             pg_catalog.json_build_array('MFINALFUNC', ${routine('aggmfinalfn')}),
             pg_catalog.json_build_array('MFINALFUNC_EXTRA',
               CASE WHEN a.aggmfinalextra THEN 'true' END),
             pg_catalog.json_build_array('MINITCOND', pg_catalog.quote_literal(a.aggminitval)),
             pg_catalog.json_build_array('PARALLEL', CASE p.proparallel
               WHEN 's' THEN 'SAFE' WHEN 'r' THEN 'RESTRICTED' END))
         )::pg_catalog.text AS object
    FROM no_path
   CROSS JOIN pg_catalog.pg_proc p
    JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    LEFT JOIN pg_catalog.pg_aggregate a ON a.aggfnoid::pg_catalog.oid = p.oid
   WHERE p.oid = $1::pg_catalog.oid`;

const printedSchema = z.object({
  definition: z.string().nullable(),
  schema: z.string(),
  name: z.string(),
  arguments: z.string(),
  isHypothetical: z.boolean(),
  sortOperator: z.object({ schema: z.string(), name: z.string() }).nullable(),
  options: z.array(z.tuple([z.string(), z.string().nullable()])),
});

/**
 * The statement that makes a routine: CREATE OR REPLACE as the server prints it, or CREATE AGGREGATE
 * put together from the catalog. Raises DatabaseError of kind NotFound when it is gone.
 */
export async function getRoutineDefinition(db: Queryable, oid: number): Promise<string> {
  const [printed] = await readObjects(db, printedSchema, definitionQuery, [String(oid)]);
  if (printed === undefined) {
    throw new DatabaseError({
      kind: 'NotFound',
      message: 'This routine does not exist any more.',
      advice: 'It may have been dropped or replaced: refresh the schema.',
    });
  }
  return printed.definition ?? aggregateDefinition(printed);
}

function aggregateDefinition(printed: z.infer<typeof printedSchema>): string {
  const options = printed.options.flatMap(([option, value]) =>
    value === null ? [] : [option.endsWith('_EXTRA') ? option : `${option} = ${value}`],
  );
  const { sortOperator } = printed;
  if (sortOperator !== null) {
    const schema = readableIdentifier(sortOperator.schema);
    options.push(`SORTOP = OPERATOR(${schema}.${sortOperator.name})`);
  }
  if (printed.isHypothetical) options.push('HYPOTHETICAL');
  // "*" is how an aggregate without arguments is declared.
  const given = printed.arguments === '' ? '*' : printed.arguments;
  const name = `${readableIdentifier(printed.schema)}.${readableIdentifier(printed.name)}`;
  return `CREATE OR REPLACE AGGREGATE ${name}(${given}) (\n  ${options.join(',\n  ')}\n);`;
}
