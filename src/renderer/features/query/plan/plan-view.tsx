import { useState } from 'react';
import { Button } from '../../../components/button';
import { copyText } from '../../../components/clipboard';
import { PlanDetails } from './plan-details';
import type { Plan } from './plan-node';
import { PlanTree } from './plan-tree';
import styles from './plan.module.css';

interface PlanViewProps {
  readonly plans: readonly Plan[];
  /** As the server sent it. */
  readonly text: string;
  readonly onCopied: (message: string) => void;
}

/** What EXPLAIN (FORMAT JSON) answered: the nodes as a tree, and all that is said of the chosen one. */
export function PlanView({ plans, text, onCopied }: PlanViewProps) {
  const [number, setNumber] = useState(0);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [isText, setText] = useState(false);
  const plan = plans[number];
  if (plan === undefined) return null;
  return (
    <div className={styles['view']}>
      <div className={styles['bar']}>
        {plans.length > 1 &&
          plans.map((_, index) => (
            <Button
              // oxlint-disable-next-line react/no-array-index-key -- the list never changes
              key={index}
              size="small"
              variant={index === number ? 'secondary' : 'ghost'}
              aria-pressed={index === number}
              onClick={() => {
                setNumber(index);
                setChosenId(null);
              }}
            >
              Plan {index + 1}
            </Button>
          ))}
        <Summary plan={plan} />
        <Button size="small" variant="ghost" aria-pressed={isText} onClick={() => setText(!isText)}>
          {isText ? 'Show as tree' : 'Show as sent'}
        </Button>
        <Button
          size="small"
          variant="ghost"
          onClick={() => onCopied(copyText(text) ? 'The plan was copied' : 'Nothing was copied')}
        >
          Copy
        </Button>
      </div>
      {isText ? (
        <pre className={styles['text']}>{text}</pre>
      ) : (
        <div className={styles['panes']}>
          <PlanTree key={number} root={plan.root} chosenId={chosenId} onChoose={setChosenId} />
          <PlanDetails plan={plan} chosenId={chosenId} />
        </div>
      )}
    </div>
  );
}

const inSummary: ReadonlySet<string> = new Set(['Planning Time', 'Execution Time']);

function Summary({ plan: { root, facts } }: { readonly plan: Plan }) {
  const times = facts.filter(({ label }) => inSummary.has(label));
  return (
    <p className={styles['summary']}>
      {times.map(({ label, text }) => (
        <span key={label}>
          {label} <strong>{text} ms</strong>
        </span>
      ))}
      {root.cost !== null && (
        <span>
          Cost <strong>{root.cost}</strong>
        </span>
      )}
    </p>
  );
}
