import type {
  ExportFormat,
  ExportOptions,
  ExportProgress,
  ExportSource,
  ExportSummary,
  PreviewSource,
  Repeatability,
} from '@shared/models/export';
import type { ParameterValues } from '@shared/models/query-parameter';
import type { RelationName, RowSelection } from '@shared/models/table-data';
import { splitStatements } from '@shared/sql/statements';
import { DatabaseError } from '../../db/errors/database-error';
import type { ConnectionRegistry } from '../connections/connection-registry';
import { sentStatement } from '../query/run/parameters';
import { ChosenFiles } from './chosen-files';
import { findRelation } from './find-relation';
import { previewText } from './preview';
import { readingSettings } from './reading-settings';
import { checkRepeatable } from './repeatable';
import type { OpenSource, RowSource } from './row-source';
import { forInsert } from './sources/insertable-columns';
import { onOwnClient, onTabSession } from './sources/leases';
import { resultSource, type ResultReader } from './sources/result-source';
import { selectionSource, type SelectionStatements } from './sources/selection-source';
import type { CreateFile } from './writable-file';
import { writeFile, type WriteOptions } from './write-file';

/** Rows that a preview is made from. */
const previewRows = 20;

/** A statement of an editor tab, with what it was run with. */
export interface TabStatement {
  readonly connectionId: string;
  readonly tabId: string;
  readonly statement: string;
  readonly parameters?: ParameterValues | undefined;
}

export interface ExportRequest {
  readonly exportId: string;
  readonly fileId: string;
  readonly options: ExportOptions;
  readonly source: ExportSource;
}

/** Writes results and tables to files that a person chose. Every failure is a DatabaseError. */
export class ExportService {
  readonly files = new ChosenFiles();
  readonly #connections: ConnectionRegistry;
  readonly #results: ResultReader;
  readonly #selections: SelectionStatements;
  readonly #createFile: CreateFile;
  readonly #onProgress: (progress: ExportProgress) => void;
  readonly #running = new Map<string, { abort: AbortController; ended: Promise<unknown> }>();

  constructor(options: {
    readonly connections: ConnectionRegistry;
    readonly results: ResultReader;
    readonly selections: SelectionStatements;
    readonly createFile: CreateFile;
    readonly onProgress: (progress: ExportProgress) => void;
  }) {
    this.#connections = options.connections;
    this.#results = options.results;
    this.#selections = options.selections;
    this.#createFile = options.createFile;
    this.#onProgress = options.onProgress;
  }

  /** Whether the statement of a tab can be run again to export all its rows, and what that means. */
  checkStatement({ connectionId, tabId, statement, parameters }: TabStatement): Repeatability {
    const answer = checkRepeatable(statement, parameters);
    const tab = this.#connections.get(connectionId).tab(tabId);
    if (!answer.canRepeat || !tab.isBound) return answer;
    if (tab.transaction === 'failed') {
      return { canRepeat: false, reason: "The tab's transaction has failed: roll it back first." };
    }
    const ownSession =
      "It is run on the tab's own session, which has settings, temporary tables or an open transaction: the grid cannot read on afterwards.";
    return {
      canRepeat: true,
      reason: answer.reason === null ? ownSession : `${answer.reason} ${ownSession}`,
    };
  }

  /** The relation with an oid, to suggest its name; null where there is none or no client is free. */
  findRelation(
    connectionId: string,
    oid: number,
  ): Promise<{ schema: string; name: string } | null> {
    return findRelation(this.#connections.get(connectionId).pool, oid);
  }

  /** The beginning of the file that the options would make. */
  async preview(options: ExportOptions, source: PreviewSource): Promise<{ text: string }> {
    const { format } = options;
    const open =
      source.kind === 'rows'
        ? this.#open(source, format)
        : this.#openRelation(source, { maxRows: previewRows, format });
    const { signal } = new AbortController();
    return { text: await open(signal, (rows) => previewText(rows, options)) };
  }

  /**
   * Writes the file and resolves when it is complete. Raises DatabaseError: Cancelled, StorageFailed,
   * InvalidInput for a statement that is not to be run again, and what the server says. The older
   * file is untouched then.
   */
  async start({ exportId, fileId, options, source }: ExportRequest): Promise<ExportSummary> {
    const path = this.files.pathToWrite(fileId);
    const abort = new AbortController();
    const { signal } = abort;
    const onProgress = (progress: { rows: number; bytes: number }): void =>
      this.#onProgress({ exportId, ...progress });
    const create = this.#createFile;
    const written = this.#write(source, { create, path, options, signal, onProgress });
    this.#running.set(exportId, { abort, ended: written.catch(() => undefined) });
    try {
      const summary = await written;
      this.files.noteWritten(fileId);
      return summary;
    } finally {
      this.#running.delete(exportId);
    }
  }

  /** Stops an export, which then fails with kind Cancelled. Unknown ids are ignored. */
  cancel(exportId: string): void {
    this.#running.get(exportId)?.abort.abort();
  }

  /** Stops all exports; their unfinished files are gone when it resolves. */
  async cancelAll(): Promise<void> {
    const running = [...this.#running.values()];
    for (const { abort } of running) abort.abort();
    await Promise.all(running.map(({ ended }) => ended));
  }

  async #write(source: ExportSource, options: WriteOptions): Promise<ExportSummary> {
    const open = this.#open(source, options.options.format);
    return open(options.signal, (rows) => writeFile(rows, options));
  }

  /** Rows of a relation: all of it as it lies, or those of a selection in its order. */
  #openRelation(
    source: Extract<ExportSource, { kind: 'table' | 'selection' }>,
    options: Parameters<typeof selectionSource>[3],
  ): OpenSource {
    const rows =
      source.kind === 'selection'
        ? { ...source, isOrdered: true }
        : { selection: wholeRelation(source), columns: null, isOrdered: false };
    const connection = this.#connections.get(source.connectionId);
    return selectionSource(this.#selections, connection, rows, options);
  }

  #open(source: ExportSource, format: ExportFormat): OpenSource {
    const open = this.#openAs(source, format);
    // What is read from a relation by its name knows its columns already.
    const isRelation = source.kind === 'table' || source.kind === 'selection';
    if (format !== 'insert' || isRelation) return open;
    return forInsert(open, () => this.#connections.get(source.connectionId).pool);
  }

  #openAs(source: ExportSource, format: ExportFormat): OpenSource {
    switch (source.kind) {
      case 'rows':
        return (_signal, consume) => consume(rowsSource(source));
      case 'result': {
        const { resultId, columns, maxRows } = source;
        return (_signal, consume) =>
          consume(resultSource(this.#results, resultId, columns, maxRows));
      }
      case 'table':
      case 'selection':
        return this.#openRelation(source, { maxRows: null, format });
      case 'statement': {
        const { connectionId, tabId, statement, parameters } = source;
        const connection = this.#connections.get(connectionId);
        const { canRepeat, reason } = checkRepeatable(statement, parameters);
        if (!canRepeat) throw notRepeatable(reason);
        const [only] = splitStatements(statement);
        if (only === undefined) throw notRepeatable(null);
        const sent = sentStatement(only, 0, parameters ?? {});
        const settings = readingSettings(format);
        return connection.tab(tabId).isBound
          ? onTabSession(connection, tabId, sent, settings)
          : onOwnClient(connection, sent, settings);
      }
    }
  }
}

function wholeRelation({ schema, name }: RelationName): RowSelection {
  return { relation: { schema, name }, filters: [], where: '', sort: [] };
}

function rowsSource({ columns, rows }: Extract<PreviewSource, { kind: 'rows' }>): RowSource {
  return {
    columns,
    async *batches() {
      yield rows;
    },
  };
}

function notRepeatable(reason: string | null): DatabaseError {
  return new DatabaseError({
    kind: 'InvalidInput',
    message: 'This statement is not run a second time for an export.',
    ...(reason === null ? {} : { detail: reason }),
    advice: 'Export the rows that were read.',
  });
}
