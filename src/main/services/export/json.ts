import { isJsonType } from '@shared/formats/built-in-types';
import { jsonValue, memberNames } from '@shared/formats/json-value';
import type { RowBatch } from '@shared/models/row-batch';
import {
  nothing,
  notifyRenamed,
  type Notify,
  type TextEncoding,
  type TextEncodingFactory,
} from './encoder';
import { decodeCell } from './text';
import type { ExportColumn } from './row-source';

/** One array of objects, one object a line. */
export const jsonEncoding: TextEncodingFactory<unknown> = (columns, _options, notify) => {
  const objectOf = objectWriter(columns, notify);
  let separator = '';
  return {
    begin: () => Buffer.from('['),
    encode: (batch) =>
      linesOf(batch, (row) => {
        const line = `${separator}\n${objectOf(batch, row)}`;
        separator = ',';
        return line;
      }),
    end: () => Buffer.from(separator === '' ? ']\n' : '\n]\n'),
  };
};

/** Newline-delimited JSON: an object a line, and nothing else. */
export const ndjsonEncoding: TextEncodingFactory<unknown> = (
  columns,
  _options,
  notify,
): TextEncoding => {
  const objectOf = objectWriter(columns, notify);
  return {
    begin: () => nothing,
    encode: (batch) => linesOf(batch, (row) => `${objectOf(batch, row)}\n`),
    end: () => nothing,
  };
};

function linesOf(batch: RowBatch, lineOf: (row: number) => string): Uint8Array {
  let text = '';
  for (let row = 0; row < batch.rowCount; row += 1) text += lineOf(row);
  return Buffer.from(text);
}

function objectWriter(
  columns: readonly ExportColumn[],
  notify: Notify,
): (batch: RowBatch, row: number) => string {
  const names = memberNames(columns.map(({ name }) => name));
  notifyRenamed(columns, names, notify);
  const members = columns.map(({ typeOid }, index) => ({
    begin: `${index === 0 ? '' : ','}${JSON.stringify(names[index])}:`,
    typeOid,
    isJson: isJsonType(typeOid),
  }));
  return (batch, row) => {
    let text = '{';
    for (const [column, { begin, typeOid, isJson }] of members.entries()) {
      const value = jsonValue(decodeCell(batch, row, column), typeOid);
      // The type json keeps the line breaks that it was written with, always between its tokens.
      text += begin + (isJson ? value.replaceAll(/[\r\n]+/gu, ' ') : value);
    }
    return `${text}}`;
  };
}
