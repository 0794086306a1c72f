import styles from './progress-bar.module.css';

interface ProgressBarProps {
  /** From 0 to 1. */
  readonly fraction: number;
  readonly label: string;
}

/** How far a long action has come. */
export function ProgressBar({ fraction, label }: ProgressBarProps) {
  return <progress className={styles['bar']} aria-label={label} max={1} value={fraction} />;
}
