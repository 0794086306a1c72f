import type { TransactionControl } from '@shared/models/statement-analysis';
import { optionArgument, plainValue, toBoolean } from './options';
import { handled, type Rules } from './syntax-walk';

const controls: Readonly<Record<string, TransactionControl>> = {
  TRANS_STMT_BEGIN: 'begin',
  TRANS_STMT_START: 'begin',
  TRANS_STMT_COMMIT: 'commit',
  TRANS_STMT_ROLLBACK: 'rollback',
  TRANS_STMT_SAVEPOINT: 'savepoint',
  TRANS_STMT_RELEASE: 'release',
  TRANS_STMT_ROLLBACK_TO: 'rollback-to',
  TRANS_STMT_PREPARE: 'prepare',
};

export const readWriteReason =
  'It switches from read-only to read and write: statements after it can change data.';

/** BEGIN, COMMIT, ROLLBACK, savepoints and two-phase commit. */
export const transactionRules: Rules = {
  TransactionStmt(body, walk) {
    const { findings } = walk;
    findings.transactionControl = controls[body.kind ?? ''] ?? null;
    const readOnly = optionArgument(body.options, 'transaction_read_only');
    if (readOnly !== undefined && toBoolean(plainValue(readOnly)) === false) {
      findings.flag('leavesReadOnly');
      findings.notice('leaves-read-only', readWriteReason);
    }
    const kind: string = body.kind ?? '';
    switch (kind) {
      case 'TRANS_STMT_COMMIT_PREPARED':
        findings.flag('cannotRunInTransaction', 'writes');
        findings.confirm(
          'ends-transaction',
          `Commits the prepared transaction "${body.gid ?? ''}".`,
        );
        break;
      case 'TRANS_STMT_ROLLBACK_PREPARED':
        findings.flag('cannotRunInTransaction', 'writes');
        findings.confirm(
          'ends-transaction',
          `Discards the prepared transaction "${body.gid ?? ''}" with all its changes.`,
        );
        break;
      case 'TRANS_STMT_PREPARE':
        findings.notice(
          'ends-transaction',
          'The prepared transaction keeps its locks, over restarts too, until it is committed or rolled back by name.',
        );
        break;
      case 'TRANS_STMT_COMMIT':
      case 'TRANS_STMT_ROLLBACK':
        if (walk.script.statementCount > 1) {
          findings.notice(
            'ends-transaction',
            kind === 'TRANS_STMT_COMMIT'
              ? 'The script commits here: what came before can no longer be rolled back.'
              : 'The script rolls back here: what came before is discarded.',
          );
        }
        break;
      default:
        break;
    }
    return handled;
  },
};
