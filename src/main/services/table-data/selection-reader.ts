import type { RelationName, RowSelection } from '@shared/models/table-data';
import { DatabaseError, toDatabaseError } from '../../db/errors/database-error';
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

  /** A failure with the condition that it belongs to as its field, or what became of the relation. Never raises. */
  async explain(
    { connection, shape, selection }: OpenSelection,
    failure: unknown,
  ): Promise<DatabaseError> {
    this.#shapes.get(connection)?.delete(keyOf(selection.relation));
    return (
      (await changeOf(connection, shape, failure)) ?? blame(connection, shape, selection, failure)
    );
  }

  /** Stops a read; unknown ids are ignored. Never raises. */
  cancel(readId: string): Promise<void> {
    return this.#reads.cancel(readId);
  }
}

const keyOf = ({ schema, name }: RelationName): string => JSON.stringify([schema, name]);

/** What happened to a relation, where a statement failed because of that; null where nothing did. */
async function changeOf(
  { pool }: OpenConnection,
  shape: RelationShape,
  failure: unknown,
): Promise<DatabaseError | null> {
  const { sqlState, field } = toDatabaseError(failure).data;
  // Class 42: names, types and rights (manual, appendix A).
  if (field !== undefined || sqlState?.startsWith('42') !== true) return null;
  try {
    const now = await describeRelation(pool, shape.relation);
    if (JSON.stringify(now) === JSON.stringify(shape)) return null;
  } catch (error) {
    const { kind } = toDatabaseError(error);
    return kind === 'TableNotFound' || kind === 'PermissionDenied' ? toDatabaseError(error) : null;
  }
  const { schema, name } = shape.relation;
  return new DatabaseError(
    {
      kind: 'NotFound',
      message: `"${name}" was changed in the meantime.`,
      advice: 'Reload it to see what it is now.',
      schema,
      table: name,
    },
    { cause: failure },
  );
}
