import { expect, it } from 'vitest';
import { adviceOnIgnored } from '../../../../src/renderer/features/connections/ignored-advice';

it.each([
  [['docker exec'], /published/],
  [['connect_timeout', 'kubectl exec'], /port-forward/],
  [['ssh'], /SSH tunnel/],
])('says how a server is reached that %j would have reached', (ignored, advice) => {
  expect(adviceOnIgnored(ignored)).toMatch(advice);
});

it('says nothing where nothing is to be done', () => {
  expect(adviceOnIgnored(['sudo', 'connect_timeout'])).toBeNull();
});
