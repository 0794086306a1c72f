/** The names of the columns of `relation` that an array of column numbers holds, in the array's order. */
export const columnNames = (relation: string, numbers: string): string => `ARRAY(
    SELECT a.attname
      FROM pg_catalog.unnest(${numbers}) WITH ORDINALITY AS key (number, position)
      JOIN pg_catalog.pg_attribute a ON a.attrelid = ${relation} AND a.attnum = key.number
     ORDER BY key.position
  )`;
