import type {
  CalledRoutine,
  InnerCondition,
  NullCondition,
  RelationRole,
  RelationUse,
  Risk,
  RiskCode,
  StatementAnalysis,
  SubqueryColumn,
  TextWidth,
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
  private readonly addedTypes: { schema: string | null; name: string }[] = [];
  private readonly textWidths: TextWidth[] = [];
  private readonly routines = new Map<string, CalledRoutine>();
  /** Temporary tables that the code has made, as they are written: what it does to them is lost anyway. */
  private readonly temporaries = new Set<string>();
  /** Names of common table expressions: no relations, though they are written like ones. */
  readonly queryNames = new Set<string>();

  flag(...flags: readonly Flag[]): void {
    for (const flag of flags) this.flags.add(flag);
  }

  confirm(code: RiskCode, reason: string, relation?: string): void {
    if (relation !== undefined && this.isTemporary(relation)) return;
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

  addRoutine(routine: CalledRoutine): void {
    this.routines.set(JSON.stringify([routine.schema, routine.name]), routine);
  }

  /** Notes the type of a column that is added to a table. */
  addAddedType(schema: string | null, name: string): void {
    this.addedTypes.push({ schema, name });
  }

  addTextWidth(width: TextWidth): void {
    this.textWidths.push(width);
  }

  addTemporary(relation: string): void {
    this.temporaries.add(relation);
  }

  /** Whether a relation, or each of several between commas, is a temporary table of the code. */
  private isTemporary(relation: string): boolean {
    return relation.split(', ').every((name) => this.temporaries.has(name));
  }

  /** Takes over what was found out about a routine that the statement calls. */
  takeOverRoutine(name: string, inner: Findings): void {
    this.flag(...inner.flags);
    for (const routine of inner.routines.values()) this.addRoutine(routine);
    for (const { code, level, reason, relation } of inner.risks) {
      if (level !== 'confirm' || (relation !== undefined && inner.isTemporary(relation))) continue;
      const isUncertain = code === 'dynamic-sql' || code === 'not-understood';
      this[isUncertain ? 'notice' : 'confirm'](code, `${name}(): ${reason}`);
    }
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
      copiesToClient: has('copiesToClient'),
      parameters: [...this.parameters].sort((a, b) => a - b),
      risks: this.risks,
      ...(has('writes') && subqueryColumns.length > 0 && { subqueryColumns }),
      ...(this.innerConditions.length > 0 && { innerConditions: this.innerConditions }),
      ...(this.nullConditions.length > 0 && { nullConditions: this.nullConditions }),
      ...(this.addedTypes.length > 0 && { addedTypes: this.addedTypes }),
      ...(this.textWidths.length > 0 && { textWidths: this.textWidths }),
      ...(this.routines.size > 0 && { routines: [...this.routines.values()] }),
    };
  }
}
