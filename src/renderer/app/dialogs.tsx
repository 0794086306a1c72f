import { ConfirmDialog } from '../components/dialog';
import { printable } from '../components/printable';
import { secretsToAsk } from '../features/connections/asked-secrets';
import { PasswordPrompt } from '../features/connections/password-prompt';
import { ProfileForm } from '../features/connections/profile-form';
import { Exports } from '../features/export/exports';
import { SettingsDialog } from '../features/settings/settings-dialog';
import { useWelcome } from '../features/welcome/welcome-store';
import { closeAsAsked, openProfile, openProfileWith, tellOutdated } from './actions';
import { useApp } from './app-store';
import { currentActivity, lossOnClosing } from './connection-activity';
import { leave, lossOnLeaving } from './use-leave-guard';

/** The window's dialogs; at most one of them is in front. */
export function Dialogs() {
  const form = useApp((state) => state.form);
  const passwordPrompt = useApp((state) => state.passwordPrompt);
  const closeRequest = useApp((state) => state.closeRequest);
  const asksToLeave = useApp((state) => state.asksToLeave);
  const appInfo = useWelcome((state) => state.appInfo);
  return (
    <>
      {form && (
        <ProfileForm
          request={form}
          appInfo={appInfo}
          onDirty={(isFormDirty) => useApp.setState({ isFormDirty })}
          onClose={() => useApp.setState({ form: null })}
          onSaved={(profile, before) => {
            useApp.setState({ form: null });
            if (before !== null) tellOutdated(before, profile);
          }}
          onSavedToOpen={(profile, secrets) => {
            const hasAll = secretsToAsk(profile).every((secret) => secrets[secret] !== undefined);
            if (hasAll) void openProfileWith(profile, secrets);
            else void openProfile(profile);
          }}
        />
      )}
      {passwordPrompt && (
        <PasswordPrompt
          profile={passwordPrompt}
          onSubmit={(secrets) => openProfileWith(passwordPrompt, secrets)}
          onClose={() => useApp.setState({ passwordPrompt: null })}
        />
      )}
      {closeRequest && (
        <ConfirmDialog
          title={`Close ${printable(closeRequest.connection.name)}?`}
          description={
            lossOnClosing(currentActivity(closeRequest.connection)) ?? 'Nothing is lost.'
          }
          confirmLabel="Close the connection"
          cancelLabel="Keep it open"
          onConfirm={() => void closeAsAsked()}
          onCancel={() => useApp.setState({ closeRequest: null })}
        />
      )}
      {asksToLeave && (
        <ConfirmDialog
          title="Close Postern?"
          description={lossOnLeaving() ?? 'Nothing is lost.'}
          confirmLabel="Close"
          cancelLabel="Stay"
          onConfirm={leave}
          onCancel={() => useApp.setState({ asksToLeave: false })}
        />
      )}
      <SettingsDialog />
      <Exports />
    </>
  );
}
