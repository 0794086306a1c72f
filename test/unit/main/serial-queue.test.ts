import { describe, expect, it } from 'vitest';
import { SerialQueue } from '../../../src/main/serial-queue';

describe('SerialQueue', () => {
  it('runs tasks in order, one at a time', async () => {
    const queue = new SerialQueue();
    const events: string[] = [];
    const task = (name: string) => async (): Promise<string> => {
      events.push(`begin ${name}`);
      await Promise.resolve();
      events.push(`end ${name}`);
      return name;
    };
    expect(await Promise.all(['a', 'b'].map((name) => queue.run(task(name))))).toEqual(['a', 'b']);
    expect(events).toEqual(['begin a', 'end a', 'begin b', 'end b']);
  });

  it('goes on after a task that failed, and passes its error to its caller alone', async () => {
    const queue = new SerialQueue();
    const failed = queue.run(() => Promise.reject(new Error('broken')));
    const next = queue.run(() => Promise.resolve('done'));
    await expect(failed).rejects.toThrow('broken');
    expect(await next).toBe('done');
  });

  it('is idle once all that was handed in has settled', async () => {
    const queue = new SerialQueue();
    let ended = 0;
    for (let index = 0; index < 3; index += 1) {
      void queue.run(async () => {
        await Promise.resolve();
        ended += 1;
      });
    }
    await queue.idle();
    expect(ended).toBe(3);
  });
});
