import { expect, it } from 'vitest';
import {
  searchPathNames,
  transactionSettings,
} from '../../../../../src/main/db/session/transaction-settings';

const none = { readOnly: true, statementTimeoutMs: 0 };

it('sets nothing where a profile asks for nothing', () => {
  expect(transactionSettings(none)).toEqual([]);
});

it('sets what a profile asks for, for one transaction', () => {
  expect(
    transactionSettings({
      ...none,
      statementTimeoutMs: 5_000,
      lockTimeoutMs: 0,
      idleInTransactionTimeoutMs: 60_000,
      searchPath: 'app, "My ""Schema""", $user, Public',
    }),
  ).toEqual([
    'SET LOCAL statement_timeout = 5000',
    'SET LOCAL lock_timeout = 0',
    'SET LOCAL idle_in_transaction_session_timeout = 60000',
    'SET LOCAL search_path = "app", "My ""Schema""", "$user", "public"',
  ]);
});

it('lets no part of a search path out of its quotes', () => {
  expect(searchPathNames(`a; DROP TABLE x, "b'"`)).toEqual(['a;', 'drop', 'table', 'x', "b'"]);
});
