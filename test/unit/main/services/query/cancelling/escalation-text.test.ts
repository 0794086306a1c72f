import { expect, it } from 'vitest';
import type { EndQuestion } from '../../../../../../src/main/services/query/cancelling/escalation';
import { describeEndQuestion } from '../../../../../../src/main/services/query/cancelling/escalation-text';

const connection: EndQuestion['connection'] = {
  connectionId: '00000000-0000-4000-8000-000000000000',
  profileId: null,
  origin: 'environment',
  name: 'EU\n\nOK to end',
  color: 'gray',
  environment: 'production',
  host: 'db',
  port: 5432,
  database: 'shop',
  user: 'kim',
  readOnly: false,
  serverVersion: '18.0',
  tls: null,
};
const question: EndQuestion = {
  connection,
  step: 'end-session',
  reason: null,
  processId: 4711,
  losses: [],
};

it('names the session, and what is lost with it', () => {
  const { detail } = describeEndQuestion({ ...question, losses: ['its settings'] });
  expect(detail).toContain('Session 4711');
  expect(detail).toContain('lost with the session: its settings.');
  expect(describeEndQuestion(question).detail).not.toContain('lost with');
});

it('lets the name of a profile put no lines into the dialog', () => {
  expect(describeEndQuestion(question).detail).toContain('"EU\uFFFD\uFFFDOK to end"');
});

it('says why the session was not ended, and that the outcome of a dropped link is not known', () => {
  const { detail } = describeEndQuestion({
    ...question,
    step: 'drop-link',
    reason: 'permission denied for function pg_terminate_backend',
  });
  expect(detail).toMatch(/^permission denied for function pg_terminate_backend\n/u);
  expect(detail).toContain('Whether the statement takes effect cannot be told');
});
