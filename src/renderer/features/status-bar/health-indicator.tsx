import type { DbHealth } from '@shared/models/health';
import { Popover } from 'radix-ui';
import { classNames } from '../../components/class-names';
import { latencyText, slowMs } from './latency';
import { LatencyChart } from './latency-chart';
import type { Health } from './use-health';
import styles from './status-bar.module.css';

interface HealthIndicatorProps {
  readonly health: Health;
}

/** Whether the server answers and how fast; pressed, it shows the last minutes. */
export function HealthIndicator({ health }: HealthIndicatorProps) {
  const { tone, label, explanation } = describe(health);
  return (
    <Popover.Root>
      <Popover.Trigger className={classNames(styles['item'], styles['button'])} title={explanation}>
        <span className={classNames(styles['pulse'], tone)} aria-hidden="true" />
        <output>{label}</output>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={styles['popover']}
          side="top"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Health of the connection"
        >
          <p className={styles['popoverTitle']}>{explanation}</p>
          {health?.status === 'known' && <HealthDetails health={health.health} />}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function HealthDetails({ health }: { readonly health: DbHealth }) {
  const { pool, samples } = health;
  return (
    <>
      {samples !== undefined && samples.length > 0 && <LatencyChart samples={samples} />}
      <dl className={styles['facts']}>
        <dt>Sessions in use</dt>
        <dd>{pool.active}</dd>
        <dt>Idle</dt>
        <dd>{pool.idle}</dd>
        <dt>Waiting for one</dt>
        <dd>{pool.waiting}</dd>
        <dt>At most</dt>
        <dd>{pool.max}</dd>
      </dl>
    </>
  );
}

interface Description {
  readonly tone: string | undefined;
  readonly label: string;
  readonly explanation: string;
}

function describe(health: Health): Description {
  if (health?.status === 'failed') {
    return { tone: styles['lost'], label: 'Unknown', explanation: health.message };
  }
  if (health?.health.state === 'lost') {
    return { tone: styles['lost'], label: 'Lost', explanation: 'The server does not answer.' };
  }
  const latencyMs = health?.health.latencyMs ?? null;
  if (latencyMs === null) {
    return { tone: undefined, label: '…', explanation: 'Checking the connection.' };
  }
  const label = latencyText(latencyMs);
  return {
    tone: styles[latencyMs > slowMs ? 'slow' : 'live'],
    label,
    explanation: `The server answers in ${label}.`,
  };
}
