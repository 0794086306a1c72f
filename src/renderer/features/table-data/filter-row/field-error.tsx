import type { ColumnGeometry } from '../../../components/grid/column-viewport';
import { printable } from '../../../components/printable';
import styles from './filter-row.module.css';

/** The room that a message has. CSS pixels. */
const messageWidth = 320;

interface FieldErrorProps {
  readonly id: string;
  readonly text: string;
  /** The number of the column among those that are shown. */
  readonly index: number;
  readonly geometry: ColumnGeometry;
}

/** What is wrong with a field, under it as far as that is in view. */
export function FieldError({ id, text, index, geometry }: FieldErrorProps) {
  const { offsets, gutterWidth, frozenCount, scrollLeft, viewWidth } = geometry;
  const scrolledBy = index < frozenCount ? 0 : scrollLeft;
  const place = gutterWidth + (offsets[index] ?? 0) - scrolledBy;
  const left = Math.max(gutterWidth, Math.min(place, viewWidth - messageWidth));
  return (
    <p id={id} role="alert" className={styles['error']} style={{ left }}>
      {printable(text)}
    </p>
  );
}
