import type { TableActivity } from '@shared/models/table-activity';
import { groupDigits } from '../../../components/group-digits';
import { printable } from '../../../components/printable';
import { byteSize } from './byte-size';
import styles from './details.module.css';
import { Section } from './section';

/** What the server has counted for a table: dead rows, vacuum, analyse, and the use of its indexes. */
export function ActivitySection({ activity }: { readonly activity: TableActivity }) {
  return (
    <Section title="Activity">
      <dl className={styles['summary']}>
        <Fact name="Rows">
          {`about ${groupDigits(activity.liveRows)} live, ${groupDigits(activity.deadRows)} dead, ${groupDigits(activity.changedSinceAnalyze)} changed since the last analyse`}
        </Fact>
        <Fact name="Vacuum">{lastTimes(activity.lastVacuum, activity.lastAutovacuum)}</Fact>
        <Fact name="Analyse">{lastTimes(activity.lastAnalyze, activity.lastAutoanalyze)}</Fact>
        <Fact name="Sequential scans">{groupDigits(activity.sequentialScans)}</Fact>
        {activity.indexes.map(({ name, size, scans }) => (
          <Fact key={name} name={printable(name)}>
            {`${groupDigits(scans)} scans${size === null ? '' : `, ${byteSize(size)}`}`}
          </Fact>
        ))}
      </dl>
    </Section>
  );
}

function lastTimes(byHand: string | null, automatic: string | null): string {
  if (byHand === null && automatic === null) return 'never, since the counters were reset';
  return [byHand !== null && `by hand ${byHand}`, automatic !== null && `automatic ${automatic}`]
    .filter(Boolean)
    .join(', ');
}

function Fact({ name, children }: { readonly name: string; readonly children: string }) {
  return (
    <>
      <dt className={styles['factName']}>{name}</dt>
      <dd className={styles['fact']}>{children}</dd>
    </>
  );
}
