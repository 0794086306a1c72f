import { serverName } from '@shared/formats/server-name';
import type { Connection } from '@shared/models/connection-profile';
import type { DbHealth } from '@shared/models/health';
import { LoaderCircle, Unplug } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from '../../components/button';
import { classNames } from '../../components/class-names';
import { formatDuration } from '../../components/format-duration';
import { printable } from '../../components/printable';
import { slowMs } from './latency';
import { LatencyChart } from './latency-chart';
import { poolerFact, transactionModeText } from './pooler-text';
import { PoolMeter } from './pool-meter';
import { retryText, useCountdown, useReconnect } from './reconnect';
import type { Health } from './use-health';
import styles from './status-bar.module.css';

interface HealthIndicatorProps {
  readonly connection: Connection;
  readonly health: Health;
}

/** Whether the server answers and how fast; pressed, it shows the last minutes. */
export function HealthIndicator({ connection, health }: HealthIndicatorProps) {
  const { tone, label, explanation, icon } = describe(health);
  return (
    <Popover.Root>
      <Popover.Trigger
        className={classNames(styles['item'], styles['button'], tone && styles[`${tone}Item`])}
        title={explanation}
      >
        {icon ?? (
          <span className={classNames(styles['pulse'], tone && styles[tone])} aria-hidden="true" />
        )}
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
          {health?.status === 'known' && (
            <HealthDetails connection={connection} health={health.health} />
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface HealthDetailsProps {
  readonly connection: Connection;
  readonly health: DbHealth;
}

function HealthDetails({ connection, health }: HealthDetailsProps) {
  const { pool, samples, reason, retryAt, state } = health;
  const seconds = useCountdown(retryAt);
  const { isTrying, reconnect } = useReconnect(connection.connectionId);
  const pooler = poolerFact(connection);
  return (
    <>
      {reason !== undefined && (
        <p className={styles['reason']}>
          {printable(reason)} {state === 'lost' && retryText(seconds)}
        </p>
      )}
      <LatencyChart samples={samples ?? []} until={health.checkedAt} />
      <PoolMeter pool={pool} />
      <dl className={styles['facts']}>
        <dt>Server</dt>
        <dd>
          {printable(serverName(connection.serverVersion))}
          {connection.isStandby === true && ', standby'}
        </dd>
        <dt>Host</dt>
        <dd>{printable(`${connection.host}:${connection.port}`)}</dd>
        {pooler !== null && (
          <>
            <dt>Pooler</dt>
            <dd>{pooler}</dd>
          </>
        )}
        <dt>User</dt>
        <dd>{printable(connection.user)}</dd>
        <dt>Encryption</dt>
        <dd>{connection.tls ?? 'None'}</dd>
      </dl>
      {connection.pooler === 'transaction' && (
        <p className={styles['poolerText']}>{transactionModeText}</p>
      )}
      <Button
        className={styles['reconnect']}
        size="small"
        block
        busy={isTrying}
        onClick={() => reconnect()}
      >
        {state === 'live' ? 'Check now' : 'Reconnect now'}
      </Button>
    </>
  );
}

interface Description {
  readonly tone: 'live' | 'slow' | 'checking' | 'lost' | undefined;
  readonly label: string;
  readonly explanation: string;
  /** In place of the dot: told apart without colours. */
  readonly icon?: ReactNode;
}

function describe(health: Health): Description {
  if (health?.status === 'failed') {
    return { tone: 'lost', label: 'Unknown', explanation: health.message, icon: <Unplug /> };
  }
  if (health?.health.state === 'lost') {
    return {
      tone: 'lost',
      label: 'Lost',
      explanation: 'The server does not answer.',
      icon: <Unplug aria-hidden="true" />,
    };
  }
  if (health?.health.state === 'checking') {
    return {
      tone: 'checking',
      label: 'Checking…',
      explanation: 'The link did not answer; a new one is tried.',
      icon: <LoaderCircle aria-hidden="true" className={styles['turning']} />,
    };
  }
  const latencyMs = health?.health.latencyMs ?? null;
  if (latencyMs === null) {
    return { tone: undefined, label: '…', explanation: 'Checking the connection.' };
  }
  const label = formatDuration(latencyMs);
  return {
    tone: latencyMs > slowMs ? 'slow' : 'live',
    label,
    explanation: `The server answers in ${label}.`,
  };
}
