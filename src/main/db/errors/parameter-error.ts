import type { DatabaseErrorData } from '@shared/models/database-error';
import type { ErrorContext } from './error-context';
import type { ServerErrorFields } from './server-error';

/** Errors whose message speaks of a parameter by its number: 42P18, 42P08, and 42601 that stands at it. */
const aboutParameters: ReadonlySet<string | undefined> = new Set(['42P18', '42P08']);
const syntaxError = '42601';
/** The token at which the grammar stopped, in the quotes of any language. */
const atParameter = /(?<=["«„“]\s?)\$(\d+)(?=\s?["»“”])/u;
/** In the context of an error of Bind: `portal "postern_7" parameter $1 = '...'`, or `unnamed portal …`. */
const inContext = /(?:unnamed portal|portal "postern_\d+") parameter \$(\d+)/u;

/**
 * An error in the words of the person's text, where the server counts the parameters: `:name` is sent as
 * `$1`. And what a statement that takes none answers, in other words than those of the protocol.
 */
export function inWordsOfParameters(
  data: DatabaseErrorData,
  { code, routine }: ServerErrorFields,
  { parameters = [] }: ErrorContext,
): DatabaseErrorData {
  if (parameters.length === 0) return data;
  const nameOf = (asSent: string, number: string): string =>
    parameters[Number(number) - 1] ?? asSent;
  const { where } = data;
  const said = {
    ...data,
    ...(where !== undefined && {
      where: where.replace(inContext, (_, number: string) => `parameter ${nameOf('', number)}`),
    }),
  };
  const named = parameters.filter((name) => name !== null).join(', ');
  // Bind raises it for a statement in which the server looks for no parameters (postgres.c).
  if (code === '08P01' && routine === 'exec_bind_message') {
    return {
      ...said,
      kind: 'InvalidQuery',
      message: `This kind of statement takes no parameters: ${named}.`,
      advice: `Write the value in place of it. The server takes parameters where it reads or changes rows: in SELECT, VALUES, INSERT, UPDATE, DELETE and MERGE.`,
    };
  }
  if (code === syntaxError && atParameter.test(data.message)) {
    return {
      ...said,
      message: data.message.replace(atParameter, nameOf),
      advice:
        'A parameter stands for a value, and cannot stand here: write the value in place of it.',
    };
  }
  return aboutParameters.has(code)
    ? { ...said, message: data.message.replaceAll(/\$(\d+)/gu, nameOf) }
    : said;
}
