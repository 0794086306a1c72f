import { cellText } from '@shared/models/row-batch';
import type { BoundedCount, RowSelection } from '@shared/models/table-data';
import { DatabaseError } from '../../db/errors/database-error';
import { plannedRows } from '../planned-rows';
import type { OpenSelection, SelectionReader } from './selection-reader';
import {
  type BuiltStatement,
  explainSelection,
  selectCount,
  selectCountUpTo,
} from './sql/select-rows';

/** A number beside a line of a menu is worth no longer wait. Milliseconds. */
const countPatienceMs = 3_000;

/** A selection of an open connection, under an id by which reading it can be cancelled. */
export interface SelectionRequest {
  readonly readId: string;
  readonly selection: RowSelection;
}

/** How many rows selections have. Every failure is a DatabaseError. */
export class RowCounts {
  readonly #reader: SelectionReader;

  constructor(reader: SelectionReader) {
    this.#reader = reader;
  }

  /** What the planner expects, in milliseconds: good for a first word on the number of rows. */
  async estimate(connectionId: string, request: SelectionRequest): Promise<{ rows: number }> {
    const plan = await this.#readOne(connectionId, request, ({ shape, selection }) =>
      explainSelection(shape, selection),
    );
    return { rows: plannedRows(plan ?? '[]') };
  }

  /** Counts, however long it takes; the number is text (int8). */
  async exact(connectionId: string, request: SelectionRequest): Promise<{ rows: string }> {
    const rows = await this.#readOne(connectionId, request, ({ shape, selection }) =>
      selectCount(shape, selection),
    );
    return { rows: rows ?? '' };
  }

  /** Counts as far as `limit` and until a deadline. Raises Cancelled only when someone else stopped it. */
  async upTo(
    connectionId: string,
    { limit, ...request }: SelectionRequest & { readonly limit: number },
  ): Promise<BoundedCount> {
    let isLate = false;
    const deadline = setTimeout(() => {
      isLate = true;
      void this.#reader.cancel(request.readId);
    }, countPatienceMs);
    try {
      const rows = await this.#readOne(connectionId, request, ({ shape, selection }) =>
        selectCountUpTo(shape, selection, limit + 1),
      );
      const counted = Number(rows);
      return { rows: Math.min(counted, limit), isCapped: counted > limit };
    } catch (error) {
      if (isLate && error instanceof DatabaseError && error.kind === 'Cancelled') {
        return { rows: null, isCapped: false };
      }
      throw error;
    } finally {
      clearTimeout(deadline);
    }
  }

  /** The one value that a statement gives. */
  async #readOne(
    connectionId: string,
    { readId, selection }: SelectionRequest,
    build: (open: OpenSelection) => BuiltStatement,
  ): Promise<string | null> {
    const open = await this.#reader.open(connectionId, selection);
    const { rows } = await this.#reader.read(open, readId, (session) => session.run(build(open)));
    return cellText(rows, 0, 0);
  }
}
