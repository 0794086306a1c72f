import type { PoolStats } from '@shared/models/health';
import { classNames } from '../../components/class-names';
import styles from './pool-meter.module.css';

/** How many of the pool's sessions are in use, idle, and not opened, as a bar and in words. */
export function PoolMeter({ pool }: { readonly pool: PoolStats }) {
  const { active, idle, waiting, max } = pool;
  return (
    <figure className={styles['meter']}>
      <div className={styles['bar']} aria-hidden="true">
        <span className={styles['active']} style={{ flexGrow: active }} />
        <span className={styles['idle']} style={{ flexGrow: idle }} />
        <span style={{ flexGrow: Math.max(0, max - active - idle) }} />
      </div>
      <figcaption className={styles['caption']}>
        <span>
          {active} in use, {idle} idle
          {waiting > 0 && (
            <span className={classNames(styles['waiting'])}>, {waiting} waiting</span>
          )}
        </span>
        <span>{max} at most</span>
      </figcaption>
    </figure>
  );
}
