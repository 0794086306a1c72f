import type { AppInfo } from '@shared/models/app-info';
import type { ConnectionProfile } from '@shared/models/connection-profile';
import { PlugZap } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Button } from '../../components/button';
import { ConfirmDialog, Dialog } from '../../components/dialog';
import { ErrorNotice, Notice } from '../../components/notice';
import { AdvancedFields } from './advanced-fields';
import { ConnectionTestResult } from './connection-test-result';
import { useConnections } from './connections-store';
import type { ProfileFormRequest } from './form-request';
import { askedSecrets, type TypedSecrets } from './asked-secrets';
import { adviceOnIgnored } from './ignored-advice';
import { IdentityFields } from './identity-fields';
import { ServerFields } from './server-fields';
import { SignInFields } from './sign-in-fields';
import { SslFields } from './ssl-fields';
import { SshFields } from './ssh-fields';
import { useProfileForm } from './use-profile-form';
import styles from './profile-form.module.css';

interface ProfileFormProps {
  readonly request: ProfileFormRequest;
  /** Null until it is known. */
  readonly appInfo: Pick<AppInfo, 'keychain' | 'defaultMaxConnections'> | null;
  /** Told whether something was typed that is not saved. */
  readonly onDirty: (isDirty: boolean) => void;
  readonly onClose: () => void;
  /** Also told of what is to be opened; `before` is the profile as it was, null for a new one. */
  readonly onSaved: (profile: ConnectionProfile, before: ConnectionProfile | null) => void;
  /** Saved, and to be opened now with the secrets as typed. */
  readonly onSavedToOpen: (profile: ConnectionProfile, secrets: TypedSecrets) => void;
}

/** Where a connection is described, tried and saved. */
export function ProfileForm({
  request,
  appInfo,
  onDirty,
  onClose,
  onSaved,
  onSavedToOpen,
}: ProfileFormProps) {
  const keychain = appInfo?.keychain ?? null;
  const form = useProfileForm(request, appInfo?.defaultMaxConnections);
  const [asksToDiscard, setAsksToDiscard] = useState(false);
  const body = useRef<HTMLFormElement>(null);
  const testButton = useRef<HTMLButtonElement>(null);
  const isTesting = form.test?.status === 'running';

  const close = (): void => {
    if (form.isDirty) setAsksToDiscard(true);
    else onClose();
  };
  const cancelTest = (): void => {
    // The button that did it goes away: the one that tests again keeps the focus.
    testButton.current?.focus();
    form.cancelTest();
  };
  const save = async (opens: boolean): Promise<void> => {
    const { profiles } = useConnections.getState();
    const before = profiles?.find(({ id }) => id === request.profileId) ?? null;
    const saved = await form.save();
    if (saved === null) return;
    onSaved(saved, before);
    if (opens) onSavedToOpen(saved, askedSecrets(saved, form.values));
  };

  const { isDirty } = form;
  const tellDirty = useEffectEvent(onDirty);
  useEffect(() => {
    tellDirty(isDirty);
    return () => tellDirty(false);
  }, [isDirty]);

  // The first field with an error takes the focus, wherever it is.
  const { errors } = form;
  useEffect(() => {
    if (Object.keys(errors).length === 0) return;
    if (document.activeElement?.getAttribute('aria-invalid') === 'true') return;
    body.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [errors]);

  return (
    <>
      <Dialog
        title={request.profileId === null ? 'New connection' : 'Edit connection'}
        width={640}
        onClose={close}
        onEscape={isTesting ? cancelTest : close}
        panel={
          form.test && (
            <ConnectionTestResult
              test={form.test}
              isStale={form.isTestStale}
              onCancel={cancelTest}
            />
          )
        }
        footer={
          <>
            <Button
              ref={testButton}
              className={styles['left']}
              icon={<PlugZap />}
              busy={isTesting}
              onClick={() => void form.runTest()}
            >
              Test connection
            </Button>
            <Button variant="ghost" onClick={close}>
              Cancel
            </Button>
            <Button busy={form.isSaving} onClick={() => void save(false)}>
              Save
            </Button>
            <Button variant="primary" type="submit" form="profile-form" busy={form.isSaving}>
              Save and connect
            </Button>
          </>
        }
      >
        <form
          ref={body}
          id="profile-form"
          className={styles['form']}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void save(true);
          }}
        >
          {form.failure && <ErrorNotice error={form.failure} />}
          {form.ignored.length > 0 && (
            <Notice tone="info" title={`Not supported and left out: ${form.ignored.join(', ')}`}>
              {adviceOnIgnored(form.ignored)}
            </Notice>
          )}
          <IdentityFields form={form} />
          <div className={styles['rule']} />
          <div className={styles['section']}>
            <ServerFields form={form} />
            <SignInFields form={form} keychain={keychain} hasPassword={request.hasPassword} />
          </div>
          <div className={styles['rule']} />
          <SslFields form={form} />
          <SshFields
            form={form}
            keychain={keychain}
            // What was kept for one way to authenticate is nothing for another.
            hasSecret={
              request.hasSshSecret &&
              request.values.sshAuthentication === form.values.sshAuthentication
            }
          />
          <AdvancedFields form={form} />
        </form>
      </Dialog>
      {asksToDiscard && (
        <ConfirmDialog
          title="Discard the changes?"
          description="What was typed in this form is not saved."
          confirmLabel="Discard"
          cancelLabel="Keep editing"
          onConfirm={onClose}
          onCancel={() => setAsksToDiscard(false)}
        />
      )}
    </>
  );
}
