import { Play } from 'lucide-react';
import { commandKeys } from '../../../components/shortcut-text';
import styles from './results-pane.module.css';

/** What stands where results will: the keys that bring them. */
export function FirstSteps() {
  return (
    <div className={styles['empty']} data-focus-target="results" tabIndex={-1}>
      <Play aria-hidden="true" />
      <p>Results appear here</p>
      <dl className={styles['shortcuts']}>
        <dt>
          <kbd>{commandKeys('run')}</kbd>
        </dt>
        <dd>Run the statement at the cursor, or the selection</dd>
        <dt>
          <kbd>{commandKeys('run-all')}</kbd>
        </dt>
        <dd>Run all statements</dd>
        <dt>
          <kbd>Esc</kbd>
        </dt>
        <dd>Cancel the running statement</dd>
      </dl>
    </div>
  );
}
