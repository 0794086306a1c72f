import { ChevronRight } from 'lucide-react';
import { type CSSProperties, type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { classNames } from '../../../components/class-names';
import { groupDigits } from '../../../components/group-digits';
import { printable } from '../../../components/printable';
import { rowsMark, shareOf, timeText, wholeMs } from './plan-marks';
import { nodesOf, type PlanNode } from './plan-node';
import styles from './plan.module.css';

interface PlanTreeProps {
  readonly root: PlanNode;
  readonly chosenId: string | null;
  readonly onChoose: (id: string) => void;
}

/** The nodes of a plan, one to a line; arrows move, fold and unfold. */
export function PlanTree({ root, chosenId, onChoose }: PlanTreeProps) {
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const tree = useRef<HTMLTableElement>(null);
  const hasTimes = root.actual !== null;
  // Once: a plan over partitions has thousands of nodes.
  const whole = useMemo(() => wholeMs(root), [root]);
  const shown = nodesOf(root).filter(({ id }) => !isHidden(id, folded));
  const chosen = shown.find(({ id }) => id === chosenId) ?? root;

  const fold = (id: string, isFolded: boolean): void =>
    setFolded((now) => new Set(isFolded ? [...now, id] : [...now].filter((each) => each !== id)));
  const goTo = (node: PlanNode | undefined): void => {
    if (node === undefined) return;
    onChoose(node.id);
    tree.current?.querySelector<HTMLElement>(`[data-node="${node.id}"]`)?.focus();
  };
  const handleKey = (event: KeyboardEvent): void => {
    const at = shown.indexOf(chosen);
    const isOpen = chosen.children.length > 0 && !folded.has(chosen.id);
    if (event.key === 'ArrowDown') goTo(shown[at + 1]);
    else if (event.key === 'ArrowUp') goTo(shown[at - 1]);
    else if (event.key === 'Home') goTo(root);
    else if (event.key === 'End') goTo(shown.at(-1));
    else if (event.key === 'ArrowRight') {
      if (isOpen) goTo(chosen.children[0]);
      else fold(chosen.id, false);
    } else if (event.key === 'ArrowLeft') {
      if (isOpen) fold(chosen.id, true);
      else goTo(shown.find(({ id }) => id === parentId(chosen.id)));
    } else return;
    event.preventDefault();
  };

  return (
    <div className={styles['tree']}>
      <table
        ref={tree}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a table that is a tree: its rows take the focus
        role="treegrid"
        aria-label="Plan"
        className={styles['table']}
        data-focus-target="results"
        tabIndex={-1}
        onKeyDown={handleKey}
        onFocus={(event) => {
          if (event.target === event.currentTarget) goTo(chosen);
        }}
      >
        <thead>
          <tr>
            <th>Node</th>
            {hasTimes && <th className={styles['timeColumn']}>Own time</th>}
            <th className={styles['rowsColumn']}>{hasTimes ? 'Rows' : 'Estimated rows'}</th>
            {hasTimes && <th className={styles['loopsColumn']}>Loops</th>}
            <th className={styles['costColumn']}>Cost</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((node) => (
            <PlanRow
              key={node.id}
              node={node}
              whole={hasTimes ? whole : null}
              isChosen={node.id === chosen.id}
              isFolded={folded.has(node.id)}
              onChoose={() => onChoose(node.id)}
              onFold={(isFolded) => fold(node.id, isFolded)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const parentId = (id: string): string => id.slice(0, id.lastIndexOf('.'));

function isHidden(id: string, folded: ReadonlySet<string>): boolean {
  return [...folded].some((above) => id.startsWith(`${above}.`));
}

interface PlanRowProps {
  readonly node: PlanNode;
  /** The time of all nodes, milliseconds; null without times. */
  readonly whole: number | null;
  readonly isChosen: boolean;
  readonly isFolded: boolean;
  readonly onChoose: () => void;
  readonly onFold: (isFolded: boolean) => void;
}

function PlanRow({ node, whole, isChosen, isFolded, onChoose, onFold }: PlanRowProps) {
  const { actual, children, label, role } = node;
  const indent: CSSProperties & { readonly '--depth': number } = { '--depth': node.depth };
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the tree has the keys
    <tr
      aria-level={node.depth + 1}
      aria-selected={isChosen}
      {...(children.length > 0 && { 'aria-expanded': !isFolded })}
      data-node={node.id}
      tabIndex={isChosen ? 0 : -1}
      className={styles['row']}
      onClick={onChoose}
      onFocus={onChoose}
    >
      <td>
        <div className={styles['node']} style={indent}>
          <button
            type="button"
            tabIndex={-1}
            className={classNames(styles['fold'], children.length === 0 && styles['leaf'])}
            aria-label={isFolded ? 'Unfold' : 'Fold'}
            onClick={(event) => {
              event.stopPropagation();
              onFold(!isFolded);
            }}
          >
            <ChevronRight aria-hidden="true" />
          </button>
          {role !== null && <span className={styles['role']}>{printable(role)}</span>}
          <span className={styles['label']}>{printable(label)}</span>
        </div>
      </td>
      {whole !== null && (
        <td>
          <TimeBar time={timeText(node)} share={shareOf(node, whole)} />
        </td>
      )}
      <td className={styles['number']}>
        <Rows node={node} />
      </td>
      {whole !== null && (
        <td className={styles['number']}>{actual === null ? '' : groupDigits(actual.loops)}</td>
      )}
      <td className={styles['number']}>{node.cost}</td>
    </tr>
  );
}

interface TimeBarProps {
  readonly time: string | null;
  readonly share: number | null;
}

function TimeBar({ time, share }: TimeBarProps) {
  const bar: CSSProperties & { readonly '--share': number } = { '--share': share ?? 0 };
  return (
    <div className={styles['time']} style={bar} data-hot={(share ?? 0) >= 0.3}>
      {time ?? ''}
    </div>
  );
}

function Rows({ node: { actual, estimatedRows } }: { readonly node: PlanNode }) {
  if (actual === null) return estimatedRows === null ? null : groupDigits(estimatedRows);
  const mark = rowsMark(actual);
  return (
    <>
      {mark !== null && (
        <span
          className={styles['mark']}
          data-far={mark.isFar}
          title={`The estimate was ${groupDigits(estimatedRows ?? '')}`}
        >
          {mark.text}
        </span>
      )}
      {grouped(actual.rows)}
    </>
  );
}

/**
 * Newer servers write the mean of the loops with two decimals: nothing is lost with ".00", and only
 * what is before the point has groups.
 */
function grouped(rows: string): string {
  const [whole = '', ...rest] = rows.replace(/\.00$/u, '').split('.');
  return [groupDigits(whole), ...rest].join('.');
}
