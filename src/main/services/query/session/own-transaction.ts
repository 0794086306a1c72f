import type { SqlStatementKind } from '@shared/models/statement-analysis';
import type { TabOptions } from '@shared/models/tab-options';
import type { PooledClient } from '../../../db/pool/pooled-client';

/** What a statement that has no transaction yet is run under. */
interface Terms {
  readonly kind: SqlStatementKind | undefined;
  readonly isReadOnly: boolean;
  readonly options: TabOptions;
}

/**
 * What may run in a transaction block whatever its options are. VACUUM, CREATE DATABASE and others
 * may not, and a procedure may end transactions itself (PostgreSQL manual, PREVENT IN TRANSACTION BLOCK).
 */
const alwaysInBlock: ReadonlySet<SqlStatementKind> = new Set([
  'select',
  'insert',
  'update',
  'delete',
  'merge',
  'truncate',
  'copy',
  'explain',
  'show',
  'comment',
  'grant',
  'revoke',
]);

/**
 * Behind a pooler in transaction mode a session holds no settings: the next statement may meet another
 * backend. A statement that has no transaction of the person's is therefore given one with the
 * settings at its beginning, and a transaction that the person begins gets them right behind the BEGIN.
 */
export class OwnTransaction {
  #isOpen = false;

  /** Whether the transaction that the session is in is none of the person's. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** What begins one, to be sent ahead of a statement that needs it and may run in it; else nothing. */
  begin(client: PooledClient, terms: Terms): string[] {
    if (client.client.getTransactionStatus() !== 'I' || terms.kind === 'transaction') return [];
    const commands = settingsOf(client, terms);
    if (!terms.isReadOnly && (commands.length === 0 || !mayRunInBlock(terms.kind))) return [];
    this.#isOpen = true;
    return [terms.isReadOnly ? 'BEGIN READ ONLY' : 'BEGIN', ...commands];
  }

  /**
   * Ends it, once all rows are read; a transaction that the person has begun or chained is set up. Raises
   * DatabaseError: a deferred constraint fails now.
   */
  async finish(client: PooledClient, terms: Terms): Promise<void> {
    const status = client.client.getTransactionStatus();
    if (this.#isOpen) {
      this.#isOpen = false;
      // PostgreSQL takes COMMIT of a failed transaction for ROLLBACK.
      if (status !== 'I') await client.query('COMMIT');
    } else if (status === 'T' && terms.kind === 'transaction') {
      const readOnly = terms.isReadOnly ? ['SET TRANSACTION READ ONLY'] : [];
      const commands = [...readOnly, ...settingsOf(client, terms)];
      if (commands.length > 0) await client.query(commands.join('; '));
    }
  }

  /** The session is gone, and the transaction with it. */
  forget(): void {
    this.#isOpen = false;
  }
}

function settingsOf(client: PooledClient, { options }: Terms): string[] {
  const { statementTimeoutMs } = options;
  return [
    ...client.transactionSettings,
    ...(statementTimeoutMs === undefined
      ? []
      : [`SET LOCAL statement_timeout = ${statementTimeoutMs}`]),
  ];
}

const mayRunInBlock = (kind: SqlStatementKind | undefined): boolean =>
  kind !== undefined && alwaysInBlock.has(kind);
