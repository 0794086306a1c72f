import type {
  InnerCondition,
  NullCondition,
  RelationRole,
  RelationUse,
  Risk,
  RiskCode,
  StatementAnalysis,
  SubqueryColumn,
} from '@shared/models/statement-analysis';

/** The switches of an analysis that a rule may turn on. */
export type Flag = {
  [K in keyof StatementAnalysis]: StatementAnalysis[K] extends boolean ? K : never;
}[keyof StatementAnalysis];

/** What the rules have found out about one statement so far. */
export class Findings {
  transactionControl: StatementAnalysis['transactionControl'] = null;
  readonly flags = new Set<Flag>();
  private readonly relations = new Map<string, RelationUse>();
  private readonly parameters = new Set<number>();
  private readonly risks: Risk[] = [];
  private readonly subqueryColumns: SubqueryColumn[] = [];
  private readonly innerConditions: InnerCondition[] = [];
  private readonly nullConditions: NullCondition[] = [];
  /** Names of common table expressions: no relations, though they are written like ones. */
  private readonly queryNames = new Set<string>();

  flag(...flags: readonly Flag[]): void {
    for (const flag of flags) this.flags.add(flag);
  }

  confirm(code: RiskCode, reason: string, relation?: string): void {
    this.addRisk({ code, level: 'confirm', reason, ...(relation !== undefined && { relation }) });
  }

  notice(code: RiskCode, reason: string, relation?: string): void {
    this.addRisk({ code, level: 'notice', reason, ...(relation !== undefined && { relation }) });
  }

  /** Whether a risk with this code was found so far. */
  tells(code: RiskCode): boolean {
    return this.risks.some((risk) => risk.code === code);
  }

  addRelation(schema: string | null, name: string, role: RelationRole): void {
    this.relations.set(JSON.stringify([schema, name, role]), { schema, name, role });
  }

  addSubqueryColumn(column: SubqueryColumn): void {
    this.subqueryColumns.push(column);
  }

  addInnerCondition(condition: InnerCondition): void {
    this.innerConditions.push(condition);
  }

  addNullCondition(condition: NullCondition): void {
    this.nullConditions.push(condition);
  }

  addParameter(number: number): void {
    this.parameters.add(number);
  }

  /** The parameters found so far, to go back to after a part that has parameters of its own. */
  parameterNumbers(): ReadonlySet<number> {
    return new Set(this.parameters);
  }

  /** Forgets all parameters but these. */
  keepParameters(numbers: ReadonlySet<number>): void {
    for (const number of this.parameters) if (!numbers.has(number)) this.parameters.delete(number);
  }

  addQueryName(name: string): void {
    this.queryNames.add(name);
  }

  /** The same risk found twice (in two branches of a function, say) is told once. */
  private addRisk(risk: Risk): void {
    if (!this.risks.some((known) => known.reason === risk.reason)) this.risks.push(risk);
  }

  /** The finished analysis. */
  toAnalysis(subject: Pick<StatementAnalysis, 'range' | 'kind'>): StatementAnalysis {
    const has = (flag: Flag): boolean => this.flags.has(flag);
    const isQueryName = ({ schema, name }: Pick<RelationUse, 'schema' | 'name'>): boolean =>
      schema === null && this.queryNames.has(name);
    const subqueryColumns = this.subqueryColumns.filter(
      ({ relations }) => !relations.some(isQueryName),
    );
    return {
      range: subject.range,
      kind: subject.kind,
      relations: [...this.relations.values()].filter(
        (use) => use.role !== 'read' || !isQueryName(use),
      ),
      reads: has('reads'),
      writes: has('writes'),
      changesStructure: has('changesStructure'),
      changesRights: has('changesRights'),
      touchesServer: has('touchesServer'),
      transactionControl: this.transactionControl,
      cannotRunInTransaction: has('cannotRunInTransaction'),
      changesSession: has('changesSession'),
      leavesReadOnly: has('leavesReadOnly'),
      returnsRows: has('returnsRows'),
      parameters: [...this.parameters].sort((a, b) => a - b),
      risks: this.risks,
      ...(has('writes') && subqueryColumns.length > 0 && { subqueryColumns }),
      ...(this.innerConditions.length > 0 && { innerConditions: this.innerConditions }),
      ...(this.nullConditions.length > 0 && { nullConditions: this.nullConditions }),
    };
  }
}
