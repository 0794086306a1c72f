import type { RowBatch } from '@shared/models/row-batch';
import type { DataPage, DataRelation, PageRequest, RelationName } from '@shared/models/table-data';
import type { DatabaseError } from '../../db/errors/database-error';
import type { ConnectionRegistry } from '../connections/connection-registry';
import { appendBatches } from '../query/results/append-batches';
import type { ReadOnlySession, StatementRows } from './read-only-session';
import { reverseRows } from './reverse-rows';
import { RowCounts, type SelectionRequest } from './row-counts';
import { RowStreams } from './row-streams';
import { type OpenSelection, SelectionReader } from './selection-reader';
import {
  type BuiltStatement,
  type ExportedRows,
  cursorColumns,
  exportedColumns,
  selectForExport,
  selectPage,
  selectStream,
} from './sql/select-rows';
import { readInStorageOrder } from './storage-order';

/** A page of a selection. */
interface PageOfSelection extends SelectionRequest {
  readonly page: PageRequest;
  readonly tabId: string;
}

/** A statement, and what makes its failure name the condition that it belongs to. */
export interface SelectionStatement extends BuiltStatement {
  /** Whether each column is GENERATED ALWAYS AS IDENTITY. */
  readonly isIdentityAlways: readonly boolean[];
  readonly explain: (error: unknown) => Promise<DatabaseError>;
}

/**
 * The rows of relations for browsing: page by page, without anything held on the server between two
 * pages, except where a relation has nothing to page by. Every failure is a DatabaseError; one that
 * belongs to a condition names it as `field`.
 */
export class TableDataService {
  readonly counts: RowCounts;
  readonly #reader: SelectionReader;
  readonly #streams = new RowStreams();

  constructor(connections: ConnectionRegistry) {
    this.#reader = new SelectionReader(connections);
    this.counts = new RowCounts(this.#reader);
  }

  /** Reads the catalog anew. Raises TableNotFound and PermissionDenied among others. */
  async describe(connectionId: string, relation: RelationName): Promise<DataRelation> {
    const { oid: _, key, columns, ...rest } = await this.#reader.describe(connectionId, relation);
    return {
      ...rest,
      key: key.map(({ column }) => column),
      columns: columns.map(({ name, type, category, nullable, isComparable, enumLabels }) => ({
        name,
        type,
        category,
        nullable,
        isComparable,
        enumLabels,
      })),
    };
  }

  /** One page. `tabId` names who holds the unread rows of a stream, until it is closed. */
  async readPage(connectionId: string, request: PageOfSelection): Promise<DataPage> {
    const { selection, page } = request;
    const open = await this.#reader.open(connectionId, selection);
    const { connection, shape } = open;
    const startedAt = performance.now();
    const read =
      shape.paging === 'stream'
        ? await this.#beginStream(open, request)
        : await this.#readByPlace(open, request);
    return {
      columns: await connection.describer.describe(read.fields),
      cursorColumns: shape.paging === 'stream' ? [] : cursorColumns(shape, selection),
      rows: page.direction === 'backward' ? reverseRows(read.rows) : read.rows,
      hasMore: read.isCut || read.rows.rowCount === page.maxRows,
      streamId: read.streamId ?? null,
      durationMs: performance.now() - startedAt,
    };
  }

  /** Further rows of a stream, which ends by itself with its last row. */
  readOn(
    tabId: string,
    streamId: string,
    maxRows: number,
  ): Promise<{ rows: RowBatch; hasMore: boolean }> {
    return this.#streams.readOn(tabId, streamId, maxRows);
  }

  /** Gives up the unread rows of a tab's stream. */
  closeStream(tabId: string): Promise<void> {
    return this.#streams.close(tabId);
  }

  /**
   * The statement that reads rows for a file, or the first `maxRows` of them, and who explains its failure.
   * Raises what describing the relation raises, and InvalidInput for a column that is not there.
   */
  async statementForExport(
    connectionId: string,
    rows: ExportedRows,
    { maxRows, isForInsert }: { readonly maxRows: number | null; readonly isForInsert: boolean },
  ): Promise<SelectionStatement> {
    // All columns are those of now, not those of when somebody last looked.
    if (rows.columns === null) await this.#reader.describe(connectionId, rows.selection.relation);
    const open = await this.#reader.open(connectionId, rows.selection);
    const columns = exportedColumns(open.shape, rows.columns, isForInsert);
    return {
      ...selectForExport(open.shape, rows, columns, maxRows),
      isIdentityAlways: columns.map(({ isIdentityAlways }) => isIdentityAlways),
      explain: (error) => this.#reader.explain(open, error),
    };
  }

  /** Stops a read; unknown ids are ignored. Never raises. */
  cancel(readId: string): Promise<void> {
    return this.#reader.cancel(readId);
  }

  #readByPlace(
    open: OpenSelection,
    { readId, selection, page }: PageOfSelection,
  ): Promise<StatementRows & { streamId?: string }> {
    const { shape } = open;
    const isUnsorted = shape.paging === 'storage' && selection.sort.length === 0;
    return this.#reader.read(open, readId, (session) =>
      isUnsorted
        ? readInStorageOrder(session, shape, selection, page)
        : readByKeyset(session, selectPage(shape, selection, page), page.maxRows),
    );
  }

  /** Rows that can be read only once stay on the server, in a transaction that can only read. */
  async #beginStream(
    open: OpenSelection,
    { readId, selection, page, tabId }: PageOfSelection,
  ): Promise<StatementRows & { streamId?: string }> {
    await this.#streams.close(tabId);
    return this.#reader.read(
      open,
      readId,
      async (session) => {
        const statement = selectStream(open.shape, selection);
        const { rows, hasMore } = await session.stream(statement, page.maxRows);
        const read = { fields: session.fields, rows, isCut: hasMore };
        return hasMore
          ? { ...read, streamId: this.#streams.keep(open.connection, tabId, session) }
          : read;
      },
      ({ isCut }) => isCut,
    );
  }
}

/** Runs the statements of a page until it is full. */
async function readByKeyset(
  session: ReadOnlySession,
  statements: ReturnType<typeof selectPage>,
  maxRows: number,
): Promise<StatementRows> {
  let fields: StatementRows['fields'] = [];
  const batches: RowBatch[] = [];
  let rowCount = 0;
  let isCut = false;
  for (const statement of statements) {
    const read = await session.run(statement(maxRows - rowCount));
    fields = read.fields;
    batches.push(read.rows);
    rowCount += read.rows.rowCount;
    ({ isCut } = read);
    if (isCut || rowCount >= maxRows) break;
  }
  const [only] = batches;
  const rows = batches.length === 1 && only !== undefined ? only : appendBatches(batches);
  return { fields, rows, isCut };
}
