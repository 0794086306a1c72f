import type { Connection, SecretName } from '@shared/models/connection-profile';
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
  const { neededSecret } = health;
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
      {neededSecret !== undefined ? (
        <SecretForm
          key={neededSecret}
          label={secretLabel(neededSecret, connection)}
          isTrying={isTrying}
          onSubmit={(secret) => reconnect({ name: neededSecret, secret })}
        />
      ) : (
        <Button size="small" busy={isTrying} onClick={() => reconnect()}>
          Reconnect now
        </Button>
      )}
    </section>
  );
}

/** The reason beside it says whether it is the password or the passphrase that SSH refuses. */
function secretLabel(name: SecretName, { user, via = '' }: Connection): string {
  return printable(
    name === 'password' ? `Password of ${user}` : `SSH password or passphrase for ${via}`,
  );
}

interface SecretFormProps {
  readonly label: string;
  readonly isTrying: boolean;
  readonly onSubmit: (secret: string) => void;
}

/** Asks for the secret that is taken now: that of before would be refused again. */
function SecretForm({ label, isTrying, onSubmit }: SecretFormProps) {
  const [secret, setSecret] = useState('');
  return (
    <form
      className={styles['password']}
      onSubmit={(event) => {
        event.preventDefault();
        if (isTrying || secret === '') return;
        onSubmit(secret);
        setSecret('');
      }}
    >
      <TextInput
        type="password"
        aria-label={label}
        placeholder={label}
        value={secret}
        onChange={({ target }) => setSecret(target.value)}
      />
      <Button size="small" type="submit" busy={isTrying}>
        Reconnect
      </Button>
    </form>
  );
}
