import { DatabaseError as ServerError } from 'pg';
import type { StatementOutcome } from '@shared/models/query-result';
import { toDatabaseError } from '../../../db/errors/database-error';
import type { PooledClient } from '../../../db/pool/pooled-client';
import type { SparingCancellation } from '../../../db/statements/cancellation';
import { SyntaxCheck } from '../../../db/statements/syntax-check';
import { GuardedLook } from '../impact/guarded-look';
import type { PlannedStatement } from './run-plan';
import type { TabSession } from '../session/tab-session';

/** SQLSTATE syntax_error */
const syntaxError = '42601';
/** How long the server may look: it reads the catalog, and somebody may hold a lock. Milliseconds. */
const patienceMs = 1_500;

/**
 * The first statement that neither the app's parser nor the server's understands, as a failed
 * outcome; null when there is none. A typing error is then told at once, instead of a question
 * whether to run it. Nothing is run, and an open transaction stays as it was. Whatever else the server
 * says, such as a table that an earlier statement of the script is yet to make, is left to the question.
 */
export async function findSyntaxRefusal(
  session: TabSession,
  planned: readonly PlannedStatement[],
  signal: AbortSignal,
): Promise<StatementOutcome | null> {
  for (const { statement, analysis, range, sent } of planned) {
    if (analysis.kind !== 'unknown' || statement.kind !== 'sql') continue;
    const startedAt = performance.now();
    try {
      await session.lend((client) => check(client, sent.text, session.cancellation, signal));
    } catch (error) {
      if (!(error instanceof ServerError) || error.code !== syntaxError) continue;
      const { data } = toDatabaseError(error, {
        phase: 'query',
        statement: sent.text,
        statementOffset: range.from,
        originalOffset: sent.originalOffset,
        parameters: sent.names,
      });
      const durationMs = performance.now() - startedAt;
      return { status: 'failed', range, error: data, durationMs, notices: [] };
    }
  }
  return null;
}

function check(
  client: PooledClient,
  text: string,
  cancellation: SparingCancellation,
  signal: AbortSignal,
): Promise<void> {
  const parse = (): Promise<void> => new SyntaxCheck(text).run(client.client);
  // One that has failed takes no savepoint, and has nothing to lose.
  if (client.client.getTransactionStatus() === 'E') return parse();
  const endsAt = performance.now() + patienceMs;
  return GuardedLook.within(client, { endsAt, searchPath: null, signal, cancellation }, parse);
}
