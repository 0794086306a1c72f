import type { Schema } from '@shared/models/schema';
import type { Column, Table, TableInfo } from '@shared/models/table';
import {
  emptyCatalog,
  type Catalog,
} from '../../../../src/renderer/features/schema-browser/catalog';

export function schema(name: string, rest: Partial<Schema> = {}): Schema {
  return { name, owner: 'me', isSystem: false, canUse: true, comment: null, ...rest };
}

export function table(name: string, rest: Partial<Table> = {}): Table {
  return {
    oid: 1,
    schema: 'public',
    name,
    kind: 'table',
    owner: 'me',
    estimatedRows: null,
    partitionOf: null,
    canSelect: true,
    comment: null,
    ...rest,
  };
}

export function column(name: string, rest: Partial<Column> = {}): Column {
  return {
    number: 1,
    name,
    type: 'integer',
    nullable: false,
    default: null,
    identity: null,
    generated: null,
    collation: null,
    isPrimaryKey: false,
    comment: null,
    ...rest,
  };
}

export function tableInfo(of: Table, rest: Partial<TableInfo> = {}): TableInfo {
  return {
    table: of,
    columns: [],
    indexes: [],
    foreignKeys: [],
    referencedBy: [],
    checks: [],
    triggers: [],
    partitions: [],
    viewDefinition: null,
    size: null,
    ...rest,
  };
}

export function catalog(rest: Partial<Catalog>): Catalog {
  return { ...emptyCatalog, databases: { status: 'ready', value: [] }, ...rest };
}

export const ready = <T>(value: T): { readonly status: 'ready'; readonly value: T } => ({
  status: 'ready',
  value,
});
