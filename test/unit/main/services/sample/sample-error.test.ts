import { expect, test } from 'vitest';
import { sampleServerFailed } from '../../../../../src/main/services/sample/sample-error';

test('a full disk is recognised wherever it is told, and gets the advice that helps', () => {
  const inLog = sampleServerFailed({
    message: 'initdb failed.',
    detail: 'FATAL: could not write to file "base": No space left on device',
  });
  const inCause = sampleServerFailed({
    message: 'The folder could not be made.',
    cause: new Error('ENOSPC: no space left on device, mkdir'),
  });
  expect(inLog.data.advice).toMatch(/^Free some disk space/u);
  expect(inCause.data.advice).toMatch(/^Free some disk space/u);
});

test('any other failure keeps its own advice and its detail', () => {
  const error = sampleServerFailed({
    message: 'No.',
    detail: ' last words \n',
    advice: 'Do this.',
  });
  expect(error.data).toEqual({
    kind: 'SampleServerFailed',
    message: 'No.',
    detail: 'last words',
    advice: 'Do this.',
  });
});
