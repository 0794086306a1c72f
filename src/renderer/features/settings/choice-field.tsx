import type { Settings } from '@shared/models/settings';
import { useSettings } from '../../api/settings';
import { applySettings } from '../../components/apply-settings';
import { Field } from '../../components/field';
import { Select, type SelectOption } from '../../components/select';

type ChoiceSetting = {
  [K in keyof Settings]: Settings[K] extends string ? K : never;
}[keyof Settings];

interface ChoiceFieldProps<K extends ChoiceSetting> {
  readonly name: K;
  readonly label: string;
  readonly hint?: string;
  readonly options: readonly SelectOption<Settings[K]>[];
}

/** A setting that is one of few. */
export function ChoiceField<K extends ChoiceSetting>({
  name,
  label,
  hint,
  options,
}: ChoiceFieldProps<K>) {
  const value = useSettings((settings) => settings[name]);
  return (
    <Field label={label} {...(hint !== undefined && { hint })}>
      {(control) => (
        <Select
          control={control}
          value={value}
          options={options}
          onChange={(chosen) => void applySettings({ [name]: chosen })}
        />
      )}
    </Field>
  );
}
