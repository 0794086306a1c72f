import type { ConnectionProfile, SecretName } from '@shared/models/connection-profile';
import type { DatabaseErrorData } from '@shared/models/database-error';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { EnvironmentBadge } from '../../components/environment-badge';
import { Field } from '../../components/field';
import { ErrorNotice } from '../../components/notice';
import { printable } from '../../components/printable';
import { TextInput } from '../../components/text-input';
import { secretLabel, secretsToAsk, type TypedSecrets } from './asked-secrets';
import { sourceKey } from './connection-source';
import { cancelOpening, dismissAttempt, useConnections } from './connections-store';
import { address } from './profile-order';
import styles from './profile-form.module.css';

interface PasswordPromptProps {
  readonly profile: ConnectionProfile;
  /** Resolves to whether the connection was opened. */
  readonly onSubmit: (secrets: TypedSecrets) => Promise<boolean>;
  readonly onClose: () => void;
}

/** Asks for the secrets of a profile that does not keep them. They stay after a failure. */
export function PasswordPrompt({ profile, onSubmit, onClose }: PasswordPromptProps) {
  const [secrets, setSecrets] = useState<TypedSecrets>({});
  const form = useRef<HTMLFormElement>(null);
  const key = sourceKey({ kind: 'profile', id: profile.id });
  const attempt = useConnections(({ attempts }) => attempts[key]);
  const isOpening = attempt?.status === 'opening';
  const hasFailed = attempt?.status === 'failed';
  const asked = secretsToAsk(profile);
  const refused = attempt?.status === 'failed' ? refusedSecret(attempt.error) : undefined;
  const refusal =
    attempt?.status === 'failed'
      ? [attempt.error.message, attempt.error.advice].filter(Boolean).join(' ')
      : undefined;

  // An earlier failure is not this prompt's, and this prompt's ends with it.
  useEffect(() => {
    dismissAttempt(key);
    return () => dismissAttempt(key);
  }, [key]);
  useEffect(() => {
    if (!hasFailed) return;
    const invalid = form.current?.querySelector<HTMLInputElement>('[aria-invalid=true]');
    (invalid ?? form.current?.querySelector('input'))?.select();
  }, [hasFailed]);

  const close = (): void => {
    cancelOpening(key);
    onClose();
  };
  const submit = async (): Promise<void> => {
    if (isOpening) return;
    if (await onSubmit(secrets)) onClose();
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
        ref={form}
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
        {asked.map((secret) => (
          <Field
            key={secret}
            label={secretLabel(profile, secret)}
            error={refused === secret ? refusal : undefined}
          >
            {(control) => (
              <TextInput
                {...control}
                type="password"
                value={secrets[secret] ?? ''}
                onChange={({ target }) =>
                  setSecrets((current) => ({ ...current, [secret]: target.value }))
                }
              />
            )}
          </Field>
        ))}
        {attempt?.status === 'failed' && (refused === undefined || !asked.includes(refused)) && (
          <ErrorNotice error={attempt.error} />
        )}
      </form>
    </Dialog>
  );
}

/** The secret that was wrong. The server does not say whether it is the user; nearly always it is not. */
function refusedSecret(error: DatabaseErrorData): SecretName | undefined {
  if (error.sqlState === '28P01' || error.field === 'password') return 'password';
  return error.field === 'ssh.secret' ? 'sshSecret' : undefined;
}
