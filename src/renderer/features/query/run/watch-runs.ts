import { listen } from '../../../api/postern';
import { setProgress, setQuestion } from './run-store';

let isListening = false;

/**
 * Takes over from main how far scripts have come and whether it asks about one, from now on, as long
 * as the page is there: a run goes on when its workspace is not in front.
 */
export function watchRuns(): void {
  if (isListening) return;
  isListening = true;
  listen('query:progress', ({ executionId, completed, total, sentShare }) =>
    setProgress(executionId, completed, total, sentShare),
  );
  listen('query:question', ({ executionId, isOpen }) => setQuestion(executionId, isOpen));
}
