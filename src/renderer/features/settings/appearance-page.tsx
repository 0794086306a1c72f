import { ChoiceField } from './choice-field';
import { NumberField } from './number-field';
import { SettingGroupFields } from './setting-group';

const nullHint =
  'Always in grey, which a text of the same letters is not. An empty text reads “empty”.';

/** Colours and sizes. */
export function AppearancePage() {
  return (
    <SettingGroupFields group="appearance">
      <ChoiceField
        name="theme"
        label="Theme"
        options={[
          { value: 'system', label: 'Like the system' },
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
        ]}
      />
      <NumberField name="editorFontSize" label="Font size in the editor" unit="px" />
      <ChoiceField
        name="gridDensity"
        label="Row height in results and tables"
        options={[
          { value: 'compact', label: 'Compact' },
          { value: 'regular', label: 'Regular' },
          { value: 'spacious', label: 'Spacious' },
        ]}
      />
      <ChoiceField
        name="nullText"
        label="NULL is written as"
        hint={nullHint}
        options={[
          { value: 'NULL', label: 'NULL' },
          { value: 'null', label: 'null' },
          { value: '(null)', label: '(null)' },
          { value: '∅', label: '∅' },
        ]}
      />
    </SettingGroupFields>
  );
}
