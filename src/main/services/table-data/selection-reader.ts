import type { RelationName, RowSelection } from '@shared/models/table-data';
import type { DatabaseError } from '../../db/errors/database-error';
import type { ConnectionRegistry } from '../connections/connection-registry';
import type { OpenConnection } from '../connections/open-connection';
import { describeRelation } from './describe-relation';
import { blame } from './failing-condition';
import type { ReadOnlySession } from './read-only-session';
import { Reads } from './reads';
import type { RelationShape } from './sql/relation-shape';

/** A selection of an open connection, with what is known of its relation. */
export interface OpenSelection {
  readonly connection: OpenConnection;
  readonly shape: RelationShape;
  readonly selection: RowSelection;
}

/** Runs statements on selections. SQL is built from the catalog, never from what the renderer says. */
export class SelectionReader {
  readonly #connections: ConnectionRegistry;
  readonly #reads = new Reads();
  /** What was last described. */
  readonly #shapes = new WeakMap<OpenConnection, Map<string, RelationShape>>();

  constructor(connections: ConnectionRegistry) {
    this.#connections = connections;
  }

  /** Reads the catalog anew. Raises TableNotFound and PermissionDenied among others. */
  async describe(connectionId: string, relation: RelationName): Promise<RelationShape> {
    const connection = this.#connections.get(connectionId);
    const shape = await describeRelation(connection.pool, relation);
    const shapes = this.#shapes.get(connection) ?? new Map<string, RelationShape>();
    this.#shapes.set(connection, shapes.set(keyOf(relation), shape));
    return shape;
  }

  /** Reads the catalog only for a relation that was not described yet. Raises as describe() does. */
  async open(connectionId: string, selection: RowSelection): Promise<OpenSelection> {
    const connection = this.#connections.get(connectionId);
    const known = this.#shapes.get(connection)?.get(keyOf(selection.relation));
    const shape = known ?? (await this.describe(connectionId, selection.relation));
    return { connection, shape, selection };
  }

  /**
   * Runs `work` on a session of its own, which is given back unless it is kept for what came of it.
   * Raises DatabaseError as explain() makes it.
   */
  async read<T>(
    open: OpenSelection,
    readId: string,
    work: (session: ReadOnlySession) => Promise<T>,
    keepsSession?: (result: T) => boolean,
  ): Promise<T> {
    try {
      return await this.#reads.run(open.connection, readId, work, keepsSession);
    } catch (error) {
      throw await this.explain(open, error);
    }
  }

  /** A failure with the condition that it belongs to as its field. Never raises. */
  explain({ connection, shape, selection }: OpenSelection, error: unknown): Promise<DatabaseError> {
    // The next look finds out what became of the relation.
    this.#shapes.get(connection)?.delete(keyOf(selection.relation));
    return blame(connection, shape, selection, error);
  }

  /** Stops a read; unknown ids are ignored. Never raises. */
  cancel(readId: string): Promise<void> {
    return this.#reads.cancel(readId);
  }
}

const keyOf = ({ schema, name }: RelationName): string => JSON.stringify([schema, name]);
