import { defaultSettings, settingsSchema, type Settings } from '@shared/models/settings';
import { useState } from 'react';
import { useSettings } from '../../api/settings';
import { applySettings } from '../../components/apply-settings';
import { Field } from '../../components/field';
import { TextInput } from '../../components/text-input';

type NumberSetting = {
  [K in keyof Settings]: Settings[K] extends number ? K : never;
}[keyof Settings];

interface NumberFieldProps {
  readonly name: NumberSetting;
  readonly label: string;
  readonly unit: string;
  readonly hint?: string;
}

/** A setting that is a number: it holds as soon as what is typed is one that it may be. */
export function NumberField({ name, label, unit, hint }: NumberFieldProps) {
  const value = useSettings((settings) => settings[name]);
  const [typed, setTyped] = useState<string | null>(null);
  const schema = settingsSchema.shape[name];
  const accept = (text: string): void => {
    const parsed = parse(text, name);
    setTyped(text);
    if (parsed !== null && parsed !== value) void applySettings({ [name]: parsed });
  };
  const isRefused = typed !== null && parse(typed, name) === null;
  return (
    <Field
      label={label}
      {...(hint !== undefined && { hint })}
      error={
        isRefused
          ? `Enter a whole number from ${schema.minValue} to ${schema.maxValue}. ${value} is in force; the default is ${defaultSettings[name]}.`
          : undefined
      }
    >
      {(control) => (
        <TextInput
          {...control}
          inputMode="numeric"
          suffix={unit}
          value={typed ?? String(value)}
          onChange={(event) => accept(event.target.value)}
          onBlur={() => setTyped(null)}
        />
      )}
    </Field>
  );
}

function parse(text: string, name: NumberSetting): number | null {
  if (!/^\d+$/u.test(text.trim())) return null;
  const parsed = settingsSchema.shape[name].safeParse(Number(text));
  return parsed.success ? parsed.data : null;
}
