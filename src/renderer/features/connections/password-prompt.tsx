import type { ConnectionProfile } from '@shared/models/connection-profile';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { EnvironmentBadge } from '../../components/environment-badge';
import { Field } from '../../components/field';
import { ErrorNotice } from '../../components/notice';
import { printable } from '../../components/printable';
import { TextInput } from '../../components/text-input';
import { sourceKey } from './connection-source';
import { cancelOpening, dismissAttempt, useConnections } from './connections-store';
import { address } from './profile-order';
import styles from './profile-form.module.css';

interface PasswordPromptProps {
  readonly profile: ConnectionProfile;
  /** Resolves to whether the connection was opened. */
  readonly onSubmit: (password: string) => Promise<boolean>;
  readonly onClose: () => void;
}

/** Asks for the password of a profile that does not keep it. It stays after a failure. */
export function PasswordPrompt({ profile, onSubmit, onClose }: PasswordPromptProps) {
  const [password, setPassword] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const key = sourceKey({ kind: 'profile', id: profile.id });
  const attempt = useConnections(({ attempts }) => attempts[key]);
  const isOpening = attempt?.status === 'opening';
  const hasFailed = attempt?.status === 'failed';
  const isRefused =
    attempt?.status === 'failed' &&
    (attempt.error.sqlState === '28P01' || attempt.error.field === 'password');
  const refusal = isRefused
    ? [attempt.error.message, attempt.error.advice].filter(Boolean).join(' ')
    : undefined;

  // An earlier failure is not this prompt's, and this prompt's ends with it.
  useEffect(() => {
    dismissAttempt(key);
    return () => dismissAttempt(key);
  }, [key]);
  useEffect(() => {
    if (hasFailed) input.current?.select();
  }, [hasFailed]);

  const close = (): void => {
    cancelOpening(key);
    onClose();
  };
  const submit = async (): Promise<void> => {
    if (isOpening) return;
    if (await onSubmit(password)) onClose();
  };
  return (
    <Dialog
      title={`Connect to ${printable(profile.name)}`}
      description={printable(`${profile.user}@${address(profile)}`)}
      width={420}
      onClose={close}
      footer={
        <>
          <Button variant="ghost" onClick={close}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form="password-prompt" busy={isOpening}>
            Connect
          </Button>
        </>
      }
    >
      <form
        id="password-prompt"
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {profile.environment === 'production' && (
          <div>
            <EnvironmentBadge environment={profile.environment} />
          </div>
        )}
        <Field label="Password" error={refusal}>
          {(control) => (
            <TextInput
              {...control}
              ref={input}
              type="password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        {attempt?.status === 'failed' && refusal === undefined && (
          <ErrorNotice error={attempt.error} />
        )}
      </form>
    </Dialog>
  );
}
