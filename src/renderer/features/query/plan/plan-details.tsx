import { printable } from '../../../components/printable';
import { nodesOf, type Plan, type PlanFact } from './plan-node';
import styles from './plan.module.css';

interface PlanDetailsProps {
  readonly plan: Plan;
  readonly chosenId: string | null;
}

/** All that the server says of the chosen node, and of the plan as a whole. */
export function PlanDetails({ plan, chosenId }: PlanDetailsProps) {
  const node = nodesOf(plan.root).find(({ id }) => id === chosenId) ?? plan.root;
  const estimate: PlanFact[] =
    node.estimatedRows === null ? [] : [{ label: 'Estimated Rows', text: node.estimatedRows }];
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, by keys too
    <section className={styles['details']} aria-label="The chosen node" tabIndex={0}>
      <h3>{printable(node.label)}</h3>
      <Facts facts={[...estimate, ...node.facts]} />
      {plan.facts.length > 0 && (
        <>
          <h3>The whole statement</h3>
          <Facts facts={plan.facts} />
        </>
      )}
    </section>
  );
}

function Facts({ facts }: { readonly facts: readonly PlanFact[] }) {
  return (
    <dl className={styles['facts']}>
      {facts.map(({ label, text }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a label may come twice; the list never changes
        <div key={index}>
          <dt>{printable(label)}</dt>
          <dd>{printable(text)}</dd>
        </div>
      ))}
    </dl>
  );
}
