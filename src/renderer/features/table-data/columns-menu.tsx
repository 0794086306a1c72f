import { ArrowLeft, ArrowRight, Columns3, Pin, PinOff } from 'lucide-react';
import { Popover } from 'radix-ui';
import { IconButton } from '../../components/icon-button';
import { printable } from '../../components/printable';
import { ShownName } from '../../components/shown-name';
import { Button } from '../../components/button';
import {
  freezeColumns,
  frozenCount,
  moveColumn,
  noLayout,
  shownColumns,
  type TableLayout,
  toggleColumn,
} from './table-layout';
import styles from './table-tab.module.css';

interface ColumnsMenuProps {
  readonly names: readonly string[];
  readonly layout: TableLayout;
  readonly onChange: (layout: TableLayout) => void;
}

/** Which columns are shown, and in which order. */
export function ColumnsMenu({ names, layout, onChange }: ColumnsMenuProps) {
  const shown = shownColumns(names, layout).map((index) => names[index] ?? '');
  const frozen = frozenCount(names, layout);
  const hidden = names.filter((name) => !shown.includes(name));
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button size="small" variant="ghost" icon={<Columns3 />}>
          {hidden.length === 0 ? 'Columns' : `Columns ${shown.length}/${names.length}`}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content align="end" sideOffset={4} className={styles['columns']}>
          <ul aria-label="Columns">
            {[...shown, ...hidden].map((name, index) => (
              <li
                key={name}
                className={styles['columnLine']}
                data-frozen-edge={index + 1 === frozen ? '' : undefined}
              >
                <label>
                  <input
                    type="checkbox"
                    checked={shown.includes(name)}
                    onChange={() => onChange(toggleColumn(names, layout, name))}
                  />
                  <span>
                    <ShownName name={name} />
                  </span>
                </label>
                {index + 1 === frozen ? (
                  <IconButton
                    size="small"
                    label="Unfreeze columns"
                    icon={<PinOff />}
                    onClick={() => onChange(freezeColumns(names, layout, 0))}
                  />
                ) : (
                  <IconButton
                    size="small"
                    label={`Freeze columns up to ${printable(name)}`}
                    icon={<Pin />}
                    disabled={!shown.includes(name)}
                    onClick={() => onChange(freezeColumns(names, layout, index + 1))}
                  />
                )}
                <IconButton
                  size="small"
                  label={`Move ${printable(name)} left`}
                  icon={<ArrowLeft />}
                  disabled={!shown.includes(name) || shown[0] === name}
                  onClick={() => onChange(moveColumn(names, layout, name, -1))}
                />
                <IconButton
                  size="small"
                  label={`Move ${printable(name)} right`}
                  icon={<ArrowRight />}
                  disabled={!shown.includes(name) || shown.at(-1) === name}
                  onClick={() => onChange(moveColumn(names, layout, name, 1))}
                />
              </li>
            ))}
          </ul>
          <Button size="small" block onClick={() => onChange(noLayout)}>
            As in the table
          </Button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
