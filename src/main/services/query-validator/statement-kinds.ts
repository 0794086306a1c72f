import type { SqlStatementKind } from '@shared/models/statement-analysis';
import type { Node } from 'libpg-query';
import type { NodeTag } from '../../sql/syntax-tree';
import type { Flag } from './findings';

/** Tags of what a text can hold as a statement of its own. */
type StatementTag = Exclude<
  Extract<NodeTag, `${string}Stmt`>,
  'RawStmt' | 'SetOperationStmt' | 'ReturnStmt' | 'PLAssignStmt' | 'ReplicaIdentityStmt'
>;

/** A statement's kind, and what is true of every statement with this tag. */
export interface StatementClass {
  readonly kind: SqlStatementKind;
  readonly flags: readonly Flag[];
}

const of = (kind: SqlStatementKind, ...flags: readonly Flag[]): StatementClass => ({ kind, flags });

const create = of('create', 'changesStructure');
const alter = of('alter', 'changesStructure');
const drop = of('drop', 'changesStructure');
const serverCreate = of('create', 'changesStructure', 'touchesServer');
const serverAlter = of('alter', 'touchesServer');
const cursor = of('cursor');
/** ANALYZE shares its tag with VACUUM. */
const analyze = of('analyze');

/** Complete by type: a tag that a later grammar adds must be given a class. */
const classes: Readonly<Record<StatementTag, StatementClass>> = {
  SelectStmt: of('select'),
  InsertStmt: of('insert'),
  UpdateStmt: of('update'),
  DeleteStmt: of('delete'),
  MergeStmt: of('merge'),
  TruncateStmt: of('truncate'),
  CopyStmt: of('copy'),
  ExplainStmt: of('explain', 'returnsRows'),
  VariableShowStmt: of('show', 'returnsRows'),
  VariableSetStmt: of('set'),
  ConstraintsSetStmt: of('set'),
  DoStmt: of('do'),
  CallStmt: of('call', 'returnsRows'),
  PrepareStmt: of('prepare'),
  ExecuteStmt: of('execute', 'returnsRows'),
  DeallocateStmt: of('deallocate'),
  DeclareCursorStmt: cursor,
  FetchStmt: cursor,
  ClosePortalStmt: cursor,
  TransactionStmt: of('transaction'),
  LockStmt: of('lock'),
  VacuumStmt: of('vacuum'),
  ReindexStmt: of('reindex'),
  ClusterStmt: of('cluster'),
  RefreshMatViewStmt: of('refresh'),
  ListenStmt: of('notify'),
  UnlistenStmt: of('notify'),
  NotifyStmt: of('notify', 'touchesServer'),
  CheckPointStmt: of('checkpoint'),
  LoadStmt: of('load'),
  DiscardStmt: of('discard'),
  CommentStmt: of('comment', 'changesStructure'),
  SecLabelStmt: of('comment', 'changesStructure'),
  GrantStmt: of('grant', 'changesRights'),
  GrantRoleStmt: of('grant', 'changesRights'),
  AlterDefaultPrivilegesStmt: of('alter', 'changesRights'),
  ImportForeignSchemaStmt: of('import', 'changesStructure', 'touchesServer'),
  ReassignOwnedStmt: of('alter', 'changesStructure', 'changesRights'),

  CreateStmt: create,
  CreateTableAsStmt: create,
  CreateSchemaStmt: create,
  CreateSeqStmt: create,
  CreateTrigStmt: create,
  CreateDomainStmt: create,
  CreateEnumStmt: create,
  CreateRangeStmt: create,
  CompositeTypeStmt: create,
  CreateFunctionStmt: create,
  CreateCastStmt: create,
  CreateConversionStmt: create,
  CreateAmStmt: create,
  CreateOpClassStmt: create,
  CreateOpFamilyStmt: create,
  CreatePLangStmt: create,
  CreateTransformStmt: create,
  CreateStatsStmt: create,
  CreateExtensionStmt: create,
  CreateEventTrigStmt: create,
  CreatePublicationStmt: create,
  CreatePolicyStmt: of('create', 'changesStructure', 'changesRights'),
  CreateRoleStmt: of('create', 'changesRights'),
  CreateForeignTableStmt: create,
  CreateFdwStmt: serverCreate,
  CreateForeignServerStmt: serverCreate,
  CreateUserMappingStmt: serverCreate,
  CreateSubscriptionStmt: serverCreate,
  CreateTableSpaceStmt: serverCreate,
  CreatedbStmt: serverCreate,
  DefineStmt: create,
  IndexStmt: create,
  RuleStmt: create,
  ViewStmt: create,

  AlterTableStmt: alter,
  AlterTableMoveAllStmt: alter,
  AlterDomainStmt: alter,
  AlterEnumStmt: alter,
  AlterExtensionStmt: alter,
  AlterExtensionContentsStmt: alter,
  AlterFunctionStmt: alter,
  AlterObjectDependsStmt: alter,
  AlterObjectSchemaStmt: alter,
  AlterOpFamilyStmt: alter,
  AlterOperatorStmt: alter,
  AlterOwnerStmt: alter,
  AlterPolicyStmt: of('alter', 'changesStructure', 'changesRights'),
  AlterPublicationStmt: alter,
  AlterSeqStmt: alter,
  AlterStatsStmt: alter,
  AlterTSConfigurationStmt: alter,
  AlterTSDictionaryStmt: alter,
  AlterTypeStmt: alter,
  AlterCollationStmt: alter,
  AlterEventTrigStmt: alter,
  AlterRoleStmt: of('alter', 'changesRights'),
  AlterRoleSetStmt: of('alter', 'changesRights'),
  AlterDatabaseStmt: serverAlter,
  AlterDatabaseSetStmt: serverAlter,
  AlterDatabaseRefreshCollStmt: serverAlter,
  AlterFdwStmt: serverAlter,
  AlterForeignServerStmt: serverAlter,
  AlterSubscriptionStmt: serverAlter,
  AlterSystemStmt: serverAlter,
  AlterTableSpaceOptionsStmt: serverAlter,
  AlterUserMappingStmt: serverAlter,
  RenameStmt: alter,

  DropStmt: drop,
  DropOwnedStmt: drop,
  DropRoleStmt: of('drop', 'changesRights'),
  DropSubscriptionStmt: drop,
  DropTableSpaceStmt: drop,
  DropUserMappingStmt: drop,
  DropdbStmt: drop,
};

const byTag: ReadonlyMap<string, StatementClass> = new Map(Object.entries(classes));

/** The class of a statement; undefined for a tag that is not known here. */
export function classOf(statement: Node): StatementClass | undefined {
  const [tag = ''] = Object.keys(statement);
  const found = byTag.get(tag);
  const revokes =
    ('GrantStmt' in statement && statement.GrantStmt.is_grant !== true) ||
    ('GrantRoleStmt' in statement && statement.GrantRoleStmt.is_grant !== true);
  if ('VacuumStmt' in statement && statement.VacuumStmt.is_vacuumcmd !== true) return analyze;
  return revokes && found !== undefined ? { ...found, kind: 'revoke' } : found;
}
