import styles from './progress-line.module.css';

/** Runs along the top edge of what waits, once that takes more than a moment. For the eyes alone. */
export function ProgressLine() {
  return <div className={styles['line']} aria-hidden="true" />;
}
