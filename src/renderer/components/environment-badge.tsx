import type { EnvironmentLabel, ProfileColor } from '@shared/models/connection-profile';
import type { CSSProperties } from 'react';
import { classNames } from './class-names';
import styles from './environment-badge.module.css';

const names: Record<EnvironmentLabel, string> = {
  local: 'Local',
  development: 'Dev',
  staging: 'Staging',
  production: 'Production',
};

/** Which environment a connection leads to. */
export function EnvironmentBadge({ environment }: { readonly environment: EnvironmentLabel }) {
  return (
    <span
      className={classNames(
        styles['badge'],
        environment === 'staging' && styles['staging'],
        environment === 'production' && styles['production'],
      )}
    >
      {names[environment]}
    </span>
  );
}

/** The colour that a person gave a connection. */
export function ColorDot({ color }: { readonly color: ProfileColor }) {
  const style: CSSProperties & { readonly '--dot-color': string } = {
    '--dot-color': `var(--color-${color})`,
  };
  return <span aria-hidden="true" className={styles['dot']} style={style} />;
}
