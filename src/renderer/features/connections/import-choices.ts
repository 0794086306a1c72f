import type {
  ImportCandidate,
  ImportChoice,
  UsableCandidate,
} from '@shared/models/profile-transfer';

/** What becomes of a candidate. */
export type ImportDecision = 'skip' | ImportChoice['action'];
export type ImportDecisions = Readonly<Record<number, ImportDecision>>;

/** Those that can be imported. */
export function usable(candidates: readonly ImportCandidate[]): readonly UsableCandidate[] {
  return candidates.filter((candidate) => candidate.state === 'usable');
}

/** New connections are added; those that are saved already stay as they are until somebody says otherwise. */
export function firstDecisions(candidates: readonly ImportCandidate[]): ImportDecisions {
  return Object.fromEntries(
    usable(candidates).map(({ index, existing }) => [index, existing === null ? 'add' : 'skip']),
  );
}

/** The decisions as main takes them. */
export function choicesOf(decisions: ImportDecisions): ImportChoice[] {
  return Object.entries(decisions).flatMap(([index, action]) =>
    action === 'skip' ? [] : [{ index: Number(index), action }],
  );
}
