import { expect, it } from 'vitest';
import { takeSteps, type ShutDownStep } from '../../../src/main/shut-down';

/** Takes steps and says what was logged of them. */
async function take(
  ...steps: ShutDownStep[]
): Promise<{ haveAllEnded: boolean; logged: string[] }> {
  const logged: string[] = [];
  const error = (message: string): void => void logged.push(message);
  return { haveAllEnded: await takeSteps(steps, { error }), logged };
}

function step(name: string, run: () => Promise<unknown>, limitMs = 60_000): ShutDownStep {
  return { name, limitMs, run };
}

const forEver = (): Promise<never> => new Promise(() => undefined);

it('takes one step after the other', async () => {
  const order: string[] = [];
  const note = (word: string) => async (): Promise<void> => {
    order.push(`${word} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    order.push(`${word} ends`);
  };
  const { haveAllEnded, logged } = await take(step('One', note('one')), step('Two', note('two')));
  expect(order).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
  expect({ haveAllEnded, logged }).toEqual({ haveAllEnded: true, logged: [] });
});

it('leaves a step behind that does not end, and takes the next', async () => {
  let wasSaved = false;
  const save = async (): Promise<void> => void (wasSaved = true);
  const { haveAllEnded, logged } = await take(step('Closing', forEver, 5), step('Saving', save));
  expect(wasSaved).toBe(true);
  expect({ haveAllEnded, logged }).toEqual({
    haveAllEnded: false,
    logged: ['Closing was given up after 5 ms'],
  });
});

it('takes the next step after one that fails', async () => {
  let wasSaved = false;
  const { haveAllEnded, logged } = await take(
    step('Closing', () => Promise.reject(new Error('No space left'))),
    step('Saving', async () => void (wasSaved = true)),
  );
  expect(wasSaved).toBe(true);
  expect({ haveAllEnded, logged }).toEqual({ haveAllEnded: true, logged: ['Closing'] });
});
