/**
 * One text and the risks that must be told of it, no more and no less: "level code", joined by
 * commas, in the order of the text; empty for none. The third part says why.
 */
export type RiskCase = readonly [sql: string, risks: string, why: string];
