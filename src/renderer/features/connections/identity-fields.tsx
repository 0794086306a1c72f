import {
  environmentLabels,
  profileColors,
  type ProfileDraft,
} from '@shared/models/connection-profile';
import { RadioGroup } from 'radix-ui';
import { type CSSProperties, useId } from 'react';
import { Field } from '../../components/field';
import fieldStyles from '../../components/field.module.css';
import { Select, type SelectOption } from '../../components/select';
import { TextInput } from '../../components/text-input';
import { useConnections } from './connections-store';
import { FormTextField } from './form-text-field';
import { foldersOf } from './profile-order';
import type { ProfileFormState } from './use-profile-form';
import styles from './profile-form.module.css';

interface FieldsProps {
  readonly form: ProfileFormState;
}

const environmentOptions: readonly SelectOption<ProfileDraft['environment']>[] =
  environmentLabels.map((value) => ({
    value,
    label: value.charAt(0).toUpperCase() + value.slice(1),
  }));

/** How the connection is told apart from others. */
export function IdentityFields({ form }: FieldsProps) {
  return (
    <div className={styles['grid']}>
      <FormTextField
        form={form}
        field="name"
        label="Name"
        placeholder="For example: shop, production"
        className={styles['span8']}
      />
      <FolderField form={form} />
      <Field
        label="Environment"
        className={styles['span6']}
        hint={
          form.values.environment === 'production'
            ? 'Marked in red wherever it is open, and asks before each change.'
            : undefined
        }
      >
        {(control) => (
          <Select
            control={control}
            value={form.values.environment}
            options={environmentOptions}
            onChange={(environment) => {
              form.set('environment', environment);
              // Red for production, unless a colour was picked.
              if (environment === 'production' && form.values.color === 'gray') {
                form.set('color', 'red');
              }
            }}
          />
        )}
      </Field>
      <ColorField form={form} />
    </div>
  );
}

/** The folder in the list, with those that there are as suggestions. */
function FolderField({ form }: FieldsProps) {
  const listId = useId();
  const profiles = useConnections((state) => state.profiles);
  return (
    <Field label="Folder" error={form.errors.folder} className={styles['span4']}>
      {(control) => (
        <>
          <TextInput
            {...control}
            name="folder"
            list={listId}
            placeholder="None"
            value={form.values.folder}
            onChange={(event) => form.set('folder', event.target.value)}
          />
          <datalist id={listId}>
            {foldersOf(profiles ?? []).map((folder) => (
              <option key={folder} value={folder}>
                {folder}
              </option>
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

type DotStyle = CSSProperties & { readonly '--dot-color': string };

function ColorField({ form }: FieldsProps) {
  const labelId = useId();
  return (
    <div className={`${fieldStyles['field']} ${styles['span6']}`}>
      <span id={labelId} className={fieldStyles['label']}>
        Colour
      </span>
      <RadioGroup.Root
        className={styles['colors']}
        aria-labelledby={labelId}
        orientation="horizontal"
        value={form.values.color}
        onValueChange={(value) => {
          const color = profileColors.find((candidate) => candidate === value);
          if (color) form.set('color', color);
        }}
      >
        {profileColors.map((color) => {
          const style: DotStyle = { '--dot-color': `var(--color-${color})` };
          return (
            <RadioGroup.Item
              key={color}
              value={color}
              aria-label={color}
              title={color}
              className={styles['color']}
              style={style}
            />
          );
        })}
      </RadioGroup.Root>
    </div>
  );
}
