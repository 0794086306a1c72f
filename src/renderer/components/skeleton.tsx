import styles from './skeleton.module.css';

/** The place of a text that is still to come. `width` is any CSS length. */
export function Skeleton({ width }: { readonly width: string }) {
  return <div aria-hidden="true" className={styles['skeleton']} style={{ width }} />;
}
