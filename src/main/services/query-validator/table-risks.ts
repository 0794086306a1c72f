import type { RiskCode } from '@shared/models/statement-analysis';

interface AlterRisk {
  readonly code: RiskCode;
  readonly level: 'confirm' | 'notice';
  /** The sentence, given the relation's name and that of the column, constraint or trigger. */
  readonly reason: (relation: string, part: string) => string;
}

const loses = (reason: AlterRisk['reason']): AlterRisk => ({
  code: 'alter-loses-data',
  level: 'confirm',
  reason,
});
const unguards = (reason: AlterRisk['reason']): AlterRisk => ({
  code: 'alter-loses-guard',
  level: 'confirm',
  reason,
});
const hides = (reason: AlterRisk['reason']): AlterRisk => ({
  code: 'changes-rights',
  level: 'notice',
  reason,
});
const rewrites = (what: string): AlterRisk => ({
  code: 'rewrites-table',
  level: 'confirm',
  reason: (relation) => `${what} rewrites ${relation} while nobody else can read or write it.`,
});

/** Subcommands of ALTER TABLE that lose something or stop others; the rest only adds or renames. */
export const tableRisks: Readonly<Record<string, AlterRisk>> = {
  AT_DropColumn: loses((relation, part) => `Drops column ${part} of ${relation} with its values`),
  AT_AlterColumnType: {
    code: 'rewrites-table',
    level: 'confirm',
    reason: (relation, part) =>
      `Changes the type of column ${part} of ${relation}: values may be lost, and the table may be rewritten while nobody else can read or write it.`,
  },
  AT_DropExpression: unguards(
    (relation, part) => `Column ${part} of ${relation} is no longer generated.`,
  ),
  AT_SetExpression: rewrites('Changing the expression of a generated column'),
  AT_SetUnLogged: {
    code: 'rewrites-table',
    level: 'confirm',
    reason: (relation) =>
      `Makes ${relation} unlogged: it is emptied after a crash and is not replicated. The table is rewritten while nobody else can read or write it.`,
  },
  AT_SetLogged: rewrites('SET LOGGED'),
  AT_SetAccessMethod: rewrites('SET ACCESS METHOD'),
  AT_SetTableSpace: rewrites('SET TABLESPACE'),
  AT_DropConstraint: unguards((relation, part) => `Drops constraint ${part} of ${relation}`),
  AT_DropNotNull: {
    code: 'alter-loses-guard',
    level: 'notice',
    reason: (relation, part) => `Column ${part} of ${relation} may hold NULL from then on.`,
  },
  AT_DropIdentity: unguards(
    (relation, part) => `Column ${part} of ${relation} no longer makes its own values.`,
  ),
  AT_DisableTrig: unguards((relation, part) => `Disables trigger ${part} of ${relation}.`),
  AT_DisableTrigAll: unguards(
    (relation) => `Disables all triggers of ${relation}, those of foreign keys among them.`,
  ),
  AT_DisableTrigUser: unguards((relation) => `Disables all user triggers of ${relation}.`),
  AT_EnableReplicaTrig: unguards(
    (relation, part) => `Trigger ${part} of ${relation} fires in replication only from then on.`,
  ),
  AT_EnableReplicaRule: unguards(
    (relation, part) => `Rule ${part} of ${relation} acts in replication only from then on.`,
  ),
  AT_DisableRule: unguards((relation, part) => `Disables rule ${part} of ${relation}.`),
  AT_EnableRowSecurity: hides(
    (relation) => `Hides every row of ${relation} that no policy shows from all but its owner.`,
  ),
  AT_ForceRowSecurity: hides(
    (relation) => `Holds the owner of ${relation} to its row-level security, too.`,
  ),
  AT_DisableRowSecurity: unguards(
    (relation) => `Disables row-level security of ${relation}: its policies hide nothing any more.`,
  ),
  AT_NoForceRowSecurity: unguards(
    (relation) => `The owner of ${relation} is no longer held to its row-level security.`,
  ),
  AT_DetachPartition: loses(
    (relation, part) => `Detaches partition ${part}: its rows are no longer part of ${relation}.`,
  ),
  AT_DropInherit: loses(
    (relation, part) => `The rows of ${relation} are no longer part of ${part}.`,
  ),
};
