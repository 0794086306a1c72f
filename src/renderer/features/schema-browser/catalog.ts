import type { SchemaObjects, ServerObjects } from '@shared/models/catalog-objects';
import type { Database } from '@shared/models/database';
import type { Schema } from '@shared/models/schema';
import type { Table, TableInfo } from '@shared/models/table';
import type { TableAttachments } from '@shared/models/table-attachments';
import type { Loadable } from './loadable';

/** What the browser has read of one connection's catalog, and how its tree stands. */
export interface Catalog {
  readonly databases: Loadable<readonly Database[]> | undefined;
  readonly schemas: Loadable<readonly Schema[]> | undefined;
  /** By name of the schema. */
  readonly tables: Readonly<Record<string, Loadable<readonly Table[]>>>;
  /** By `relationKey`. */
  readonly tableInfos: Readonly<Record<string, Loadable<TableInfo>>>;
  /** By `relationKey`. */
  readonly attachments: Readonly<Record<string, Loadable<TableAttachments>>>;
  /** By name of the schema. */
  readonly schemaObjects: Readonly<Record<string, Loadable<SchemaObjects>>>;
  readonly server: Loadable<ServerObjects> | undefined;
  readonly expanded: ReadonlySet<string>;
  readonly activeKey: string | null;
  /** The line that the tree is to scroll to as soon as it is there. */
  readonly revealKey: string | null;
  readonly filter: string;
  readonly showSystem: boolean;
  /** Pixels that the tree is scrolled down, for when it is shown again. */
  readonly scrollOffset: number;
}

/** A catalog of which nothing was read yet. */
export const emptyCatalog: Catalog = {
  databases: undefined,
  schemas: undefined,
  tables: {},
  tableInfos: {},
  attachments: {},
  schemaObjects: {},
  server: undefined,
  expanded: new Set(),
  activeKey: null,
  revealKey: null,
  filter: '',
  showSystem: false,
  scrollOffset: 0,
};

/** Whether a part of the catalog is being read, or read anew. */
export function isReading(catalog: Catalog): boolean {
  const { databases, schemas, server, tables, schemaObjects, tableInfos, attachments } = catalog;
  const many = [tables, schemaObjects, tableInfos, attachments];
  return [databases, schemas, server, ...many.flatMap((parts) => Object.values(parts))].some(
    (part) => part?.status === 'loading',
  );
}

/** The catalog without where a person is in its tree, on which the lines do not depend. */
export function withoutPlace(catalog: Catalog): Catalog {
  const { activeKey, revealKey, scrollOffset } = emptyCatalog;
  return { ...catalog, activeKey, revealKey, scrollOffset };
}

// A name in PostgreSQL never holds a NUL: joined with it, two different paths never meet.
const key = (...path: readonly string[]): string => path.join('\0');

/** The tree's key of a schema. */
export const schemaKey = (name: string): string => key('schema', name);

/** The tree's key of a relation. */
export const relationKey = (relation: { readonly schema: string; readonly name: string }): string =>
  key('relation', relation.schema, relation.name);

/** The names of a `relationKey`, as they are asked for. */
export function relationOf(relation: string): { readonly schema: string; readonly table: string } {
  const [, schema = '', table = ''] = relation.split('\0');
  return { schema, table };
}

/** The tree's key of a column. */
export const columnKey = (table: Pick<Table, 'schema' | 'name'>, column: string): string =>
  key('column', table.schema, table.name, column);

/** The tree's key of the folder of a relation's partitions. */
export const partitionsKey = (table: Table): string => key('partitions', table.schema, table.name);

/** The tree's key of the folder of a schema's sequences. */
export const sequencesKey = (schema: string): string => key('sequences', schema);

/** The tree's key of a folder with a label, of a schema, a relation or the server. */
export const folderKey = (label: string, ...path: readonly string[]): string =>
  key('folder', label, ...path);

/** The tree's key of the folder of what belongs to the whole database and its server. */
export const serverKey = key('server');

/** The tree's key of the folder of the server's other databases. */
export const databasesKey = key('databases');

/** The tree's key of a database. */
export const databaseKey = (name: string): string => key('database', name);

/** The tree's key of the line that stands for children which are not there. */
export const messageKey = (parent: string): string => key('message', parent);
