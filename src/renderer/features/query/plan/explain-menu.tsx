import type { ExplainMode } from '@shared/sql/explain';
import { ListTree } from 'lucide-react';
import { IconButton } from '../../../components/icon-button';
import { DropdownMenu } from '../../../components/menu';
import { commandKeys } from '../../../components/shortcut-text';

interface ExplainMenuProps {
  readonly isDisabled: boolean;
  readonly onExplain: (mode: ExplainMode) => void;
}

/** Has the statement at the cursor, or the selection, explained. */
export function ExplainMenu({ isDisabled, onExplain }: ExplainMenuProps) {
  return (
    <DropdownMenu
      actions={[
        {
          label: 'Explain',
          shortcut: commandKeys('explain'),
          onSelect: () => onExplain('plan'),
        },
        {
          label: 'Run it and explain (ANALYZE)',
          shortcut: commandKeys('explain-analyze'),
          onSelect: () => onExplain('analyze'),
        },
      ]}
    >
      <IconButton label="Explain the statement" icon={<ListTree />} disabled={isDisabled} />
    </DropdownMenu>
  );
}
