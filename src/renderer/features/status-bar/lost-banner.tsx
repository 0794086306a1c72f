import type { Connection } from '@shared/models/connection-profile';
import type { DbHealth } from '@shared/models/health';
import { Unplug } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button';
import { printable } from '../../components/printable';
import { TextInput } from '../../components/text-input';
import { retryText, useCountdown, useReconnect } from './reconnect';
import type { Health } from './use-health';
import styles from './lost-banner.module.css';

interface LostBannerProps {
  readonly connection: Connection;
  readonly health: Health;
}

/** Says that the server is gone and that nothing typed is; it goes by itself once the server is back. */
export function LostBanner({ connection, health }: LostBannerProps) {
  if (health?.status !== 'known' || health.health.state !== 'lost') return null;
  return <Lost connection={connection} health={health.health} />;
}

interface LostProps {
  readonly connection: Connection;
  readonly health: DbHealth;
}

function Lost({ connection, health }: LostProps) {
  const seconds = useCountdown(health.retryAt);
  const { isTrying, reconnect } = useReconnect(connection.connectionId);
  return (
    <section className={styles['banner']} aria-label="Connection lost">
      <Unplug aria-hidden="true" />
      <div className={styles['text']}>
        <output className={styles['title']}>
          The connection to {printable(connection.name)} is lost. Texts and results stay.
        </output>
        <p className={styles['reason']} title={health.reason && printable(health.reason)}>
          {health.reason && `${printable(health.reason)} `}
        </p>
      </div>
      <span className={styles['retry']}>{isTrying ? 'Trying…' : retryText(seconds)}</span>
      {health.needsPassword === true ? (
        <PasswordForm user={connection.user} isTrying={isTrying} onSubmit={reconnect} />
      ) : (
        <Button size="small" busy={isTrying} onClick={() => reconnect()}>
          Reconnect now
        </Button>
      )}
    </section>
  );
}

interface PasswordFormProps {
  readonly user: string;
  readonly isTrying: boolean;
  readonly onSubmit: (password: string) => void;
}

/** Asks for the password that the server takes now: that of before would be refused again. */
function PasswordForm({ user, isTrying, onSubmit }: PasswordFormProps) {
  const [password, setPassword] = useState('');
  const label = `Password of ${printable(user)}`;
  return (
    <form
      className={styles['password']}
      onSubmit={(event) => {
        event.preventDefault();
        if (isTrying || password === '') return;
        onSubmit(password);
        setPassword('');
      }}
    >
      <TextInput
        type="password"
        aria-label={label}
        placeholder={label}
        value={password}
        onChange={({ target }) => setPassword(target.value)}
      />
      <Button size="small" type="submit" busy={isTrying}>
        Reconnect
      </Button>
    </form>
  );
}
