import type { Schema } from '@shared/models/schema';
import type { Column, Table } from '@shared/models/table';
import { call } from '../../../api/postern';

/** What completion knows of one connection's database; everything is asked for when first needed. */
export class Catalog {
  readonly #connectionId: string;
  readonly #tables = new Map<string, Promise<readonly Table[]>>();
  readonly #columns = new Map<string, Promise<readonly Column[]>>();
  readonly #schemas = new Map<'', Promise<readonly Schema[]>>();

  constructor(connectionId: string) {
    this.#connectionId = connectionId;
  }

  /** Schemas that the user may use. Raises CallError. */
  schemas(): Promise<readonly Schema[]> {
    const connectionId = this.#connectionId;
    return askOnce(this.#schemas, '', async () => {
      const schemas = await call('catalog:list-schemas', { connectionId });
      return schemas.filter((schema) => schema.canUse);
    });
  }

  /** Raises CallError. */
  tables(schema: string): Promise<readonly Table[]> {
    const connectionId = this.#connectionId;
    return askOnce(this.#tables, schema, () =>
      call('catalog:list-tables', { connectionId, schema }),
    );
  }

  /** Columns in their order. Raises CallError. */
  columns(schema: string, table: string): Promise<readonly Column[]> {
    const connectionId = this.#connectionId;
    return askOnce(this.#columns, JSON.stringify([schema, table]), async () => {
      const info = await call('catalog:get-table-info', { connectionId, schema, table });
      return info.columns;
    });
  }

  /** The relation with an oid among the schemas that were listed already; null when it is not there. */
  async findListed(oid: number): Promise<Table | null> {
    for (const answer of this.#tables.values()) {
      const tables = await answer;
      const found = tables.find((table) => table.oid === oid);
      if (found !== undefined) return found;
    }
    return null;
  }
}

/** Asks once; an answer that failed is asked for again the next time. */
function askOnce<K, T>(answers: Map<K, Promise<T>>, key: K, ask: () => Promise<T>): Promise<T> {
  const known = answers.get(key);
  if (known !== undefined) return known;
  const answer = ask();
  answers.set(key, answer);
  answer.catch(() => answers.delete(key));
  return answer;
}

const catalogs = new Map<string, Catalog>();

/** The catalog of a connection. */
export function catalogOf(connectionId: string): Catalog {
  let catalog = catalogs.get(connectionId);
  if (catalog === undefined) {
    catalog = new Catalog(connectionId);
    catalogs.set(connectionId, catalog);
  }
  return catalog;
}

/** Forgets what is known of a connection's database: it was changed, or the connection was closed. */
export function forgetCatalog(connectionId: string): void {
  catalogs.delete(connectionId);
}
