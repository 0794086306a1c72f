import type { KeyFileKind } from '@shared/models/connection-profile';
import { FolderOpen } from 'lucide-react';
import { call, errorData } from '../../api/postern';
import { IconButton } from '../../components/icon-button';
import { showToast } from '../../components/toast-store';
import { FormTextField } from './form-text-field';
import type { ProfileFormState } from './use-profile-form';

interface FileFieldProps {
  readonly form: ProfileFormState;
  readonly field: 'sshKeyFile' | 'sslRootCertificate' | 'sslClientCertificate' | 'sslClientKey';
  readonly kind: KeyFileKind;
  readonly label: string;
  readonly className?: string | undefined;
  readonly placeholder: string;
}

/** The path of a file, typed or chosen in a dialog of the system. */
export function FileField({ kind, ...field }: FileFieldProps) {
  const choose = async (): Promise<void> => {
    try {
      const path = await call('profile:choose-key-file', { kind });
      if (path !== null) field.form.set(field.field, path);
    } catch (error) {
      showToast({ tone: 'danger', message: errorData(error).message });
    }
  };
  return (
    <FormTextField
      {...field}
      mono
      end={
        <IconButton
          label={`Choose a file: ${field.label}`}
          size="small"
          icon={<FolderOpen />}
          onClick={() => void choose()}
        />
      }
    />
  );
}
