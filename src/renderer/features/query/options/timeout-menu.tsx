import { timeoutText } from '@shared/formats/timeout-text';
import { Timer } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../components/button';
import { DropdownMenu, type MenuAction } from '../../../components/menu';
import styles from './options.module.css';
import { TimeoutDialog } from './timeout-dialog';

/** Milliseconds; null is the connection's, 0 none. */
const presets = [null, 0, 5_000, 30_000, 300_000] as const;

interface TimeoutMenuProps {
  /** Milliseconds; undefined where the tab has none of its own. */
  readonly timeoutMs: number | undefined;
  readonly onChange: (timeoutMs: number | null) => void;
}

/** How long the server works on a statement of this tab. It shows where that is the tab's own choice. */
export function TimeoutMenu({ timeoutMs, onChange }: TimeoutMenuProps) {
  const [isTyping, setTyping] = useState(false);
  const chosen = timeoutMs ?? null;
  const isOwn = presets.every((preset) => preset !== chosen);
  const actions: (MenuAction | null)[] = [
    ...presets.map((preset) => ({
      label: choiceText(preset),
      isChosen: preset === chosen,
      onSelect: () => onChange(preset),
    })),
    null,
    {
      label: isOwn && chosen !== null ? `Custom: ${timeoutText(chosen)}…` : 'Custom…',
      isChosen: isOwn,
      onSelect: () => setTyping(true),
    },
  ];
  return (
    <>
      <DropdownMenu actions={actions}>
        <Button
          size="small"
          variant="ghost"
          icon={<Timer />}
          className={styles['option']}
          aria-label={`Timeout: ${choiceText(chosen)}`}
          title={`Timeout of this tab's statements: ${choiceText(chosen).toLowerCase()}`}
          data-chosen={chosen === null ? undefined : ''}
        >
          {chosen !== null && (chosen === 0 ? 'None' : timeoutText(chosen))}
        </Button>
      </DropdownMenu>
      {isTyping && (
        <TimeoutDialog
          timeoutMs={timeoutMs}
          onClose={() => setTyping(false)}
          onChoose={(typed) => {
            setTyping(false);
            onChange(typed);
          }}
        />
      )}
    </>
  );
}

function choiceText(timeoutMs: number | null): string {
  if (timeoutMs === null) return "Connection's default";
  return timeoutMs === 0 ? 'No timeout' : timeoutText(timeoutMs);
}
