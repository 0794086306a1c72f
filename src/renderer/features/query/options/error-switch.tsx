import { CircleStop, SkipForward } from 'lucide-react';
import { IconButton } from '../../../components/icon-button';

interface ErrorSwitchProps {
  readonly goesOn: boolean;
  readonly onChange: (goesOn: boolean) => void;
}

/** Whether a script of the tab stops at its first error or goes on: a press changes it. */
export function ErrorSwitch({ goesOn, onChange }: ErrorSwitchProps) {
  return (
    <IconButton
      label={goesOn ? 'Scripts go on after an error' : 'Scripts stop at the first error'}
      icon={goesOn ? <SkipForward /> : <CircleStop />}
      aria-pressed={goesOn}
      onClick={() => onChange(!goesOn)}
    />
  );
}
