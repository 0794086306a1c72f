import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { printable } from '../printable';
import type { JsonNode } from './json-tree';
import styles from './value.module.css';
import { ValueText } from './value-text';

/** Children that are drawn at once; the rest follows on demand. */
const childrenAtOnce = 200;
const openDepth = 2;

interface JsonTreeViewProps {
  readonly node: JsonNode;
  /** The key or the number in front of it, as it is written. */
  readonly label?: string;
  readonly depth?: number;
}

/** JSON as a tree, each token as it was written. */
export function JsonTreeView({ node, label, depth = 0 }: JsonTreeViewProps) {
  const [isOpen, setOpen] = useState(depth < openDepth);
  const [shown, setShown] = useState(childrenAtOnce);
  const name = label !== undefined && <span className={styles['key']}>{printable(label)}: </span>;
  if (node.kind === 'scalar') {
    return (
      <div className={styles['leaf']}>
        {name}
        <span data-kind={kindOf(node.text)} className={styles['scalar']}>
          <ValueText text={node.text} />
        </span>
      </div>
    );
  }
  const children: readonly { label: string; node: JsonNode }[] =
    node.kind === 'array'
      ? node.items.map((item, index) => ({ label: String(index), node: item }))
      : node.members.map((member) => ({ label: member.key, node: member.value }));
  const count = node.kind === 'array' ? `[${children.length}]` : `{${children.length}}`;
  return (
    <div>
      <button
        type="button"
        className={styles['toggle']}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <ChevronRight aria-hidden="true" />
        {name}
        <span className={styles['size']}>{count}</span>
      </button>
      {isOpen && (
        <div className={styles['children']}>
          {children.slice(0, shown).map((child, index) => (
            <JsonTreeView
              // oxlint-disable-next-line react/no-array-index-key -- an object may repeat a key; the place is what stays
              key={index}
              node={child.node}
              label={child.label}
              depth={depth + 1}
            />
          ))}
          {shown < children.length && (
            <button
              type="button"
              className={styles['more']}
              onClick={() => setShown(shown + childrenAtOnce * 5)}
            >
              {(children.length - shown).toLocaleString('en')} more
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function kindOf(text: string): string {
  if (text.startsWith('"')) return 'string';
  return text === 'null' ? 'null' : text === 'true' || text === 'false' ? 'boolean' : 'number';
}
