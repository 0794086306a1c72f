import { z } from 'zod';
import { databaseErrorSchema } from './database-error';
import { sqlTextSchema } from './sql-text';

/** What a parameter is called in the text: `$1` or `:name`. */
const parameterName = z.string().min(2).max(200);

/** A parameter of the statements that are to run. */
export const queryParameterSchema = z.object({
  name: parameterName,
  /** As the server infers it; null where it could not, as for a table that the script is yet to make. */
  type: z.object({ oid: z.number().int(), name: z.string() }).nullable(),
  /** What the values are remembered for besides the name: `$1` means nothing without its statement. */
  statement: z.string(),
});
export type QueryParameter = z.infer<typeof queryParameterSchema>;

/** Values by the names of parameters, as text that the server reads; null is NULL. */
export const parameterValuesSchema = z.record(parameterName, sqlTextSchema.nullable());
export type ParameterValues = z.infer<typeof parameterValuesSchema>;

/** A value to look at before it is sent along with a statement. */
export const parameterValueSchema = z.strictObject({
  name: parameterName,
  typeOid: z.number().int().min(1),
  value: sqlTextSchema.nullable(),
});
export type ParameterValue = z.infer<typeof parameterValueSchema>;

/** What the server says of a value that a parameter's type does not take. */
export const refusedValueSchema = z.object({ name: parameterName, error: databaseErrorSchema });
export type RefusedValue = z.infer<typeof refusedValueSchema>;
