import type { ImportCandidate } from '@shared/models/profile-transfer';
import { expect, it } from 'vitest';
import {
  choicesOf,
  firstDecisions,
} from '../../../../src/renderer/features/connections/import-choices';

const address = { name: 'a', host: 'h', port: 5432, database: 'd', user: 'u' };
const existing = { id: '00000000-0000-4000-8000-000000000001', name: 'Saved' };
const usable = { state: 'usable', address, hasPassword: false, notes: [] } as const;
const candidates: ImportCandidate[] = [
  { ...usable, index: 0, label: 'new', notes: [], existing: null },
  { ...usable, index: 1, label: 'known', notes: [], existing },
  { index: 2, label: 'bad', state: 'invalid', problem: 'no host' },
];

it('adds what is new and touches nothing that is saved', () => {
  expect(choicesOf(firstDecisions(candidates))).toEqual([{ index: 0, action: 'add' }]);
});

it('replaces once somebody said so', () => {
  expect(choicesOf({ ...firstDecisions(candidates), 0: 'skip', 1: 'replace' })).toEqual([
    { index: 1, action: 'replace' },
  ]);
});
