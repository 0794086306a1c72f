import { Fragment } from 'react';
import { ShownName } from './shown-name';
import styles from './marked-text.module.css';

interface MarkedTextProps {
  readonly text: string;
  /** Offsets of the characters that stand out, in order. */
  readonly marks: readonly number[];
}

interface Run {
  readonly from: number;
  readonly text: string;
  readonly isMarked: boolean;
}

/** A text with some of its characters marked. */
export function MarkedText({ text, marks }: MarkedTextProps) {
  return runsOf(text, marks).map(({ from, text: run, isMarked }) =>
    isMarked ? (
      <mark key={from} className={styles['mark']}>
        <ShownName name={run} />
      </mark>
    ) : (
      <Fragment key={from}>
        <ShownName name={run} />
      </Fragment>
    ),
  );
}

/** The text in stretches that are marked as a whole or not at all. */
export function runsOf(text: string, marks: readonly number[]): readonly Run[] {
  const marked = new Set(marks);
  const runs: Run[] = [];
  let from = 0;
  for (let at = 1; at <= text.length; at += 1) {
    if (at < text.length && marked.has(at) === marked.has(from)) continue;
    runs.push({ from, text: text.slice(from, at), isMarked: marked.has(from) });
    from = at;
  }
  return runs;
}
