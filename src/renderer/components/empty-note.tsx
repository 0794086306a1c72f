import styles from './empty-note.module.css';

/** What is said in place of a list that has nothing to show; a change of it is announced. */
export function EmptyNote({ text }: { readonly text: string }) {
  return (
    <p className={styles['note']} aria-live="polite">
      {text}
    </p>
  );
}
