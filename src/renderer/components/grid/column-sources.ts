import type { ColumnSource } from '@shared/models/column-source';
import { readableIdentifier } from '@shared/sql/identifiers';
import { useEffect, useState } from 'react';
import { call, CallError } from '../../api/postern';
import type { RowSource } from './row-source';

type Sources = readonly (ColumnSource | null)[];

/** One question for each result, however often it is shown. */
const asked = new WeakMap<RowSource, Promise<Sources>>();
const none: Sources = [];

/** Where the columns of a result come from; empty until that is known, and for expressions alone. */
export function useColumnSources(connectionId: string, source: RowSource): Sources {
  const [known, setKnown] = useState<{ source: RowSource; sources: Sources } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const find = async (): Promise<void> => {
      const sources = await sourcesOf(connectionId, source);
      if (isCurrent) setKnown({ source, sources });
    };
    void find();
    return () => {
      isCurrent = false;
    };
  }, [connectionId, source]);
  return known?.source === source ? known.sources : none;
}

function sourcesOf(connectionId: string, source: RowSource): Promise<Sources> {
  let answer = asked.get(source);
  if (answer === undefined) {
    answer = ask(connectionId, source);
    asked.set(source, answer);
  }
  return answer;
}

async function ask(connectionId: string, { columns }: RowSource): Promise<Sources> {
  if (columns.every(({ tableOid }) => tableOid === 0)) return none;
  try {
    return await call('query:describe-columns', {
      connectionId,
      columns: columns.map(({ tableOid, tableColumn }) => ({ tableOid, tableColumn })),
    });
  } catch (error) {
    // The rows are here and right; only where they come from is not told.
    if (error instanceof CallError) return none;
    throw error;
  }
}

/** What rows that are copied as INSERT are inserted into. */
export interface InsertTarget {
  /** As SQL. */
  readonly relation: string;
  /** Its column for each of the result; none where they are not all of this one relation. */
  readonly columns: Sources;
}

/** The relation that all columns come from; a name to replace where it is not one. */
export function insertTarget(sources: Sources): InsertTarget {
  const [first] = sources;
  const columns = sources.filter(
    (other) => other !== null && other.schema === first?.schema && other.table === first.table,
  );
  return first == null || columns.length < sources.length
    ? { relation: 'my_table', columns: [] }
    : { relation: [first.schema, first.table].map(readableIdentifier).join('.'), columns };
}

/** What the header of each column tells beyond its name and type; empty where nothing is known. */
export function columnNotes(sources: Sources): readonly string[] {
  return sources.map((source) => {
    if (source === null) return '';
    const { schema, table, column, notNull, comment } = source;
    const place = [schema, table, column].map(readableIdentifier).join('.');
    const nulls = notNull === null ? '' : notNull ? ', NOT NULL' : ', may be NULL';
    return [`${place}${nulls}`, ...(comment === null ? [] : [comment])].join('\n');
  });
}
