import type { ResultColumn } from '@shared/models/query-result';
import { endsWithin } from '../../../db/deadline';
import { DatabaseError } from '../../../db/errors/database-error';
import type { Pool } from '../../../db/pool/pool';
import type { Field } from '../../../db/statements/portal';
import type { Queryable, TextRow } from '../../../db/statements/queryable';

/** How long a result waits for the names of types that were not met before. Milliseconds. */
const patienceMs = 1_000;
const noModifier = -1;
/** What format_type says of a type that it does not see, such as one of a transaction that is open. */
const unseen = '???';

/** Names a column's type as a person writes it, for example "numeric(10,2)" or "shop.order_status[]". */
export class ColumnDescriber {
  readonly #pool: Pool;
  readonly #names = new Map<string, string>();
  /** The answers on their way, by the key of what is asked; another map once names were forgotten. */
  #asked = new Map<string, Promise<void>>();
  #learning: Promise<void> | null = null;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /**
   * Learns the built-in types in one round trip, so that most results need none; `describe` waits a
   * moment for that. Never raises: names that are not learned are asked for when they are met.
   */
  async preload(queryable: Queryable): Promise<void> {
    this.#learning = this.#preload(queryable).catch(() => undefined);
    await this.#learning;
    this.#learning = null;
  }

  async #preload(queryable: Queryable): Promise<void> {
    this.#learn(
      await queryable.query(
        `SELECT oid, ${noModifier} AS modifier, pg_catalog.format_type(oid, NULL) AS name
           FROM pg_catalog.pg_type
          WHERE typnamespace = 'pg_catalog'::pg_catalog.regnamespace AND typtype <> 'c'`,
      ),
    );
  }

  /**
   * Asks the server once for each pair of type and modifier that was not met before. When it does not
   * answer soon, as where the pool or a pooler has but the backend that the result holds, the result does
   * not wait, and does not fail: the type is then named without its modifier, and the answer, when it
   * comes, is for the next result.
   */
  async describe(fields: readonly Field[]): Promise<ResultColumn[]> {
    if (this.#learning !== null) await endsWithin(patienceMs, this.#learning);
    const unknown = fields.filter((field) => !this.#names.has(keyOf(field)));
    if (unknown.length > 0) await endsWithin(patienceMs, this.#ask(unknown));
    return fields.map((field) => ({
      name: field.name,
      typeOid: field.dataTypeID,
      type: this.#nameOf(field),
      tableOid: field.tableID,
      tableColumn: field.columnID,
    }));
  }

  /** Forgets all names but the built-in types': after DDL. */
  forget(): void {
    for (const key of this.#names.keys()) {
      if (Number(key.split(':')[0]) >= firstUserOid) this.#names.delete(key);
    }
    // What is on its way may be out of date already.
    this.#asked = new Map();
  }

  #nameOf(field: Field): string {
    return (
      this.#names.get(keyOf(field)) ??
      this.#names.get(`${field.dataTypeID}:${noModifier}`) ??
      `type ${field.dataTypeID}`
    );
  }

  /** Waits for the names; sends no question that waits for its answer already. */
  async #ask(fields: readonly Field[]): Promise<void> {
    const asked = this.#asked;
    const others = fields.filter((field) => !asked.has(keyOf(field)));
    if (others.length > 0) {
      const answer = this.#send(others);
      for (const field of others) asked.set(keyOf(field), answer);
    }
    await Promise.all(new Set(fields.flatMap((field) => asked.get(keyOf(field)) ?? [])));
  }

  async #send(fields: readonly Field[]): Promise<void> {
    const asked = this.#asked;
    try {
      const rows = await this.#pool.query(
        `SELECT oid, modifier, pg_catalog.format_type(oid::pg_catalog.oid, modifier::pg_catalog.int4) AS name
           FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.text[]), pg_catalog.unnest($2::pg_catalog.text[]))
                AS wanted (oid, modifier)`,
        [
          fields.map((field) => String(field.dataTypeID)),
          fields.map((field) => String(field.dataTypeModifier)),
        ],
        { holder: 'type names' },
      );
      if (asked === this.#asked) this.#learn(rows);
    } catch (error) {
      // The rows are here and right, and what the statement changed is changed: only the names of the
      // types are not known, and the next result asks again.
      if (!(error instanceof DatabaseError)) throw error;
    } finally {
      for (const field of fields) asked.delete(keyOf(field));
    }
  }

  #learn(rows: readonly TextRow[]): void {
    for (const { oid, modifier, name } of rows) {
      if (name != null && name !== unseen) this.#names.set(`${oid}:${modifier}`, name);
    }
  }
}

/** FirstNormalObjectId of the server's source (access/transam.h): oids below are its own. */
const firstUserOid = 16_384;

function keyOf(field: Field): string {
  return `${field.dataTypeID}:${field.dataTypeModifier}`;
}
