import { Separator } from 'react-resizable-panels';
import styles from './pane-separator.module.css';

/** The line between two panes, by which they are made larger and smaller. */
export function PaneSeparator() {
  return <Separator className={styles['separator']} />;
}
