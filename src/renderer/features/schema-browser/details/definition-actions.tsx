import { Button } from '../../../components/button';
import { copyOrTell } from '../../../components/copy-or-tell';

interface DefinitionActionsProps {
  /** Null while there is none. */
  readonly text: string | null;
  readonly title: string;
  readonly onOpenQuery: (title: string, text: string) => void;
}

/** What can be done with a statement that is shown: a tab to change and run it in, and a copy. */
export function DefinitionActions({ text, title, onOpenQuery }: DefinitionActionsProps) {
  return (
    <>
      <Button disabled={text === null} onClick={() => onOpenQuery(title, text ?? '')}>
        Open in a query tab
      </Button>
      <Button
        variant="primary"
        disabled={text === null}
        onClick={() => copyOrTell(text ?? '', 'definition')}
      >
        Copy definition
      </Button>
    </>
  );
}
