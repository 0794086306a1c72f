import { DatabaseError } from '../../db/errors/database-error';

/** What a failure of the sample server is made of. */
export interface SampleFailure {
  readonly message: string;
  /** The last lines that the server or its tools wrote. */
  readonly detail?: string;
  readonly advice?: string;
  readonly cause?: unknown;
}

const adviceInGeneral =
  'Start it again. If it fails again, recreate the sample database: that deletes only what was changed in the sample.';
const adviceOnDisk = 'Free some disk space, then start the sample database again.';

/** An error of kind SampleServerFailed; a full disk is recognised in the detail and gets advice of its own. */
export function sampleServerFailed(failure: SampleFailure): DatabaseError {
  const detail = failure.detail?.trim() ?? '';
  const diskIsFull = /no space left|ENOSPC|not enough space|disk full/iu.test(
    `${failure.message}\n${detail}\n${failure.cause instanceof Error ? failure.cause.message : ''}`,
  );
  return new DatabaseError(
    {
      kind: 'SampleServerFailed',
      message: failure.message,
      advice: diskIsFull ? adviceOnDisk : (failure.advice ?? adviceInGeneral),
      ...(detail === '' ? {} : { detail }),
    },
    { cause: failure.cause },
  );
}

/** An error of kind Cancelled: the person stopped the start, and the next start works. */
export function sampleStartCancelled(): DatabaseError {
  return new DatabaseError({
    kind: 'Cancelled',
    message: 'Starting the sample database was cancelled.',
    advice: 'Start it again at any time: what was half done is cleared away then.',
  });
}

/** Raises DatabaseError of kind Cancelled once the signal is aborted. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw sampleStartCancelled();
}
