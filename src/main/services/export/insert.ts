import { memberNames } from '@shared/formats/json-value';
import { sqlLiteral } from '@shared/formats/sql-literal';
import type { InsertOptions } from '@shared/models/export';
import { qualifiedName, quoteIdentifier } from '../../sql/identifiers';
import { nothing, notifyRenamed, type TextEncodingFactory } from './encoder';
import { decodeCell } from './text';

/**
 * INSERT statements of so many rows each. Literals carry no type: each takes that of its column, also
 * in VALUES of several rows (PostgreSQL source, transformInsertStmt).
 */
export const insertEncoding: TextEncodingFactory<InsertOptions> = (columns, options, notify) => {
  const { schema, table, rowsPerStatement } = options;
  const target = schema === '' ? quoteIdentifier(table) : qualifiedName(schema, table);
  const names = memberNames(columns.map(({ name }) => name));
  notifyRenamed(columns, names, notify);
  const types = columns.map(({ typeOid }) => typeOid);
  const list = names.map((name) => quoteIdentifier(name)).join(', ');
  const begin =
    columns.length === 0
      ? `INSERT INTO ${target} DEFAULT VALUES`
      : `INSERT INTO ${target} (${list}) VALUES`;
  let rowsInStatement = 0;

  return {
    begin: () => nothing,
    encode(batch) {
      if (columns.length === 0) return Buffer.from(`${begin};\n`.repeat(batch.rowCount));
      let text = '';
      for (let row = 0; row < batch.rowCount; row += 1) {
        text += rowsInStatement === 0 ? `${begin}\n  (` : ',\n  (';
        for (const [column, type] of types.entries()) {
          if (column > 0) text += ', ';
          text += sqlLiteral(decodeCell(batch, row, column), type);
        }
        text += ')';
        rowsInStatement += 1;
        if (rowsInStatement === rowsPerStatement) {
          text += ';\n';
          rowsInStatement = 0;
        }
      }
      return Buffer.from(text);
    },
    end: () => (rowsInStatement === 0 ? nothing : Buffer.from(';\n')),
  };
};
