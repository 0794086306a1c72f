import { useMemo, useState } from 'react';
import { Button } from '../../../components/button';
import { copyText } from '../../../components/clipboard';
import { ValueText } from '../../../components/value/value-text';
import { parsePlans } from './parse-plan';
import { PlanDetails } from './plan-details';
import type { Plan } from './plan-node';
import { PlanTree } from './plan-tree';
import styles from './plan.module.css';

interface PlanViewProps {
  /** What EXPLAIN answered, as the server sent it. */
  readonly text: string;
  readonly onCopied: (message: string) => void;
}

/** What EXPLAIN answered: as a tree where it is JSON, else as the lines that it is. */
export function PlanView({ text, onCopied }: PlanViewProps) {
  const plans = useMemo(() => parsePlans(text) ?? [], [text]);
  const [number, setNumber] = useState(0);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [isText, setText] = useState(false);
  const plan = isText ? undefined : plans[number];
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
        <Summary plan={plans[number]} />
        {plans.length > 0 && (
          <Button
            size="small"
            variant="ghost"
            aria-pressed={isText}
            onClick={() => setText(!isText)}
          >
            As sent
          </Button>
        )}
        <Button
          size="small"
          variant="ghost"
          onClick={() => onCopied(copyText(text) ? 'The plan was copied' : 'Nothing was copied')}
        >
          Copy
        </Button>
      </div>
      {plan === undefined ? (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, by keys too
        <pre className={styles['text']} data-focus-target="results" tabIndex={0}>
          <ValueText text={text} />
        </pre>
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

function Summary({ plan }: { readonly plan: Plan | undefined }) {
  if (plan === undefined) return <p className={styles['summary']} />;
  const { root, facts } = plan;
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
