import { serverName } from '@shared/formats/server-name';
import type { Connection } from '@shared/models/connection-profile';
import type { PoolStats } from '@shared/models/health';
import type { TransactionStatus } from '@shared/models/query-result';
import { GitCommitHorizontal, Layers2, LockKeyhole, LockKeyholeOpen } from 'lucide-react';
import { classNames } from '../../components/class-names';
import { ColorDot, EnvironmentBadge } from '../../components/environment-badge';
import { printable } from '../../components/printable';
import { Tooltip } from '../../components/tooltip';
import { HealthIndicator } from './health-indicator';
import { ServerKind } from './server-kind';
import type { Health } from './use-health';
import styles from './status-bar.module.css';

interface StatusBarProps {
  readonly connection: Connection;
  readonly health: Health;
  /** The transaction of the tab in front; left out where there is no tab. */
  readonly transaction?: TransactionStatus | undefined;
}

/** Where the window is connected to, and how that connection does. */
export function StatusBar({ connection, health, transaction }: StatusBarProps) {
  const { environment, name, user, host, port, database, via, serverVersion, tls } = connection;
  return (
    <footer
      className={classNames(styles['bar'], environment === 'production' && styles['production'])}
      aria-label="Connection status"
    >
      <span className={classNames(styles['item'], styles['name'])}>
        <ColorDot color={connection.color} />
        <EnvironmentBadge environment={environment} />
        <span>{printable(name)}</span>
      </span>
      <span className={classNames(styles['item'], styles['address'])}>
        <span>
          {printable(
            `${user}@${host}:${port}/${database}${via === undefined ? '' : ` via ${via}`}`,
          )}
        </span>
      </span>
      <ServerKind connection={connection} />
      <span className={styles['spring']} />
      <TransactionState status={transaction} />
      {health?.status === 'known' && <PoolUse pool={health.health.pool} />}
      <Tooltip
        side="top"
        content={tls === null ? 'The link is not encrypted' : `Encrypted: ${tls}`}
      >
        <span className={classNames(styles['item'], styles['optional'])}>
          {tls === null ? (
            <LockKeyholeOpen aria-hidden="true" />
          ) : (
            <LockKeyhole aria-hidden="true" />
          )}
          {tls ?? 'No TLS'}
        </span>
      </Tooltip>
      <span className={classNames(styles['item'], styles['optional'])}>
        {printable(serverName(serverVersion))}
      </span>
      <HealthIndicator connection={connection} health={health} />
    </footer>
  );
}

function TransactionState({ status }: { readonly status: TransactionStatus | undefined }) {
  if (status === undefined || status === 'idle') return null;
  return (
    <output className={classNames(styles['item'], styles[status])}>
      <GitCommitHorizontal aria-hidden="true" />
      {status === 'open' ? 'Transaction open' : 'Transaction failed: roll it back'}
    </output>
  );
}

function PoolUse({ pool }: { readonly pool: PoolStats }) {
  const waiting = pool.waiting > 0 ? `, ${pool.waiting} waiting` : '';
  const text = `${pool.active} of ${pool.max} sessions in use, ${pool.idle} idle${waiting}`;
  return (
    <Tooltip side="top" content={text}>
      <span
        className={classNames(styles['item'], pool.waiting > 0 && styles['open'])}
        aria-label={text}
      >
        <Layers2 aria-hidden="true" />
        {pool.active}/{pool.max}
      </span>
    </Tooltip>
  );
}
