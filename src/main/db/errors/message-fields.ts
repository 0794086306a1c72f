import type { ServerMessageFields } from '@shared/models/server-message';

type SentFields = {
  readonly [Field in keyof ServerMessageFields]?: string | undefined;
};

/** The fields that an error and a notice of the server both have, without those that were not sent. */
export function messageFields(sent: SentFields): ServerMessageFields {
  const { detail, hint, where, schema, table, column, dataType, constraint } = sent;
  return {
    ...(detail !== undefined && { detail }),
    ...(hint !== undefined && { hint }),
    ...(where !== undefined && { where }),
    ...(schema !== undefined && { schema }),
    ...(table !== undefined && { table }),
    ...(column !== undefined && { column }),
    ...(dataType !== undefined && { dataType }),
    ...(constraint !== undefined && { constraint }),
  };
}
