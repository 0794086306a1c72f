import { expect, it } from 'vitest';
import { Turn } from '../../../src/main/turn';

it('is over after some milliseconds, and lets other work go on before the next', async () => {
  let time = 0;
  const turn = new Turn(() => time);
  expect(turn.isOver).toBe(false);
  time = 5;
  expect(turn.isOver).toBe(true);

  let hasOtherWorkHadItsTurn = false;
  setImmediate(() => {
    hasOtherWorkHadItsTurn = true;
  });
  await turn.pass();
  expect(hasOtherWorkHadItsTurn).toBe(true);
  expect(turn.isOver).toBe(false);
});
