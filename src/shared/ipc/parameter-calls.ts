import { z } from 'zod';
import {
  parameterValueSchema,
  queryParameterSchema,
  refusedValueSchema,
} from '../models/query-parameter';
import { runTargetSchema } from '../models/query-result';
import { sqlTextSchema } from '../models/sql-text';

const inTab = z.strictObject({ connectionId: z.uuid(), tabId: z.uuid() });

/** What is asked before statements with parameters run. */
export const parameterCalls = {
  /** The parameters of what is to run, each name once. */
  'query:list-parameters': {
    request: inTab.extend({ text: sqlTextSchema, target: runTargetSchema }),
    response: z.array(queryParameterSchema),
  },
  /** The values among these that their types refuse. Nothing runs. */
  'query:refuse-values': {
    request: inTab.extend({ values: z.array(parameterValueSchema).max(1000) }),
    response: z.array(refusedValueSchema),
  },
} as const;
