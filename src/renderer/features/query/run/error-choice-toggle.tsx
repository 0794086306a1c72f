import { CircleStop, SkipForward } from 'lucide-react';
import { IconButton } from '../../../components/icon-button';
import { chooseOnError, useErrorChoice } from './error-choice';

/** Whether a script stops at its first error or goes on: a press changes it. */
export function ErrorChoiceToggle() {
  const { onError } = useErrorChoice();
  const stops = onError === 'stop';
  return (
    <IconButton
      label={stops ? 'Scripts stop at the first error' : 'Scripts go on after an error'}
      icon={stops ? <CircleStop /> : <SkipForward />}
      aria-pressed={!stops}
      onClick={() => chooseOnError(stops ? 'continue' : 'stop')}
    />
  );
}
