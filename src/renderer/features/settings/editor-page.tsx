import { useSettings } from '../../api/settings';
import { applySettings } from '../../components/apply-settings';
import { Switch } from '../../components/switch';
import { ChoiceField } from './choice-field';
import { NumberField } from './number-field';
import { SettingGroupFields } from './setting-group';

/** How SQL is typed and shown. */
export function EditorPage() {
  const wordWrap = useSettings((settings) => settings.wordWrap);
  const autocompletion = useSettings((settings) => settings.autocompletion);
  return (
    <SettingGroupFields group="editor">
      <NumberField
        name="tabSize"
        label="Width of a tab"
        unit="columns"
        hint="Tab indents by as many spaces."
      />
      <ChoiceField
        name="keywordCase"
        label="Completed key words"
        options={[
          { value: 'as-typed', label: 'In the case that is typed' },
          { value: 'upper', label: 'UPPER CASE' },
          { value: 'lower', label: 'lower case' },
        ]}
      />
      <Switch
        label="Wrap long lines"
        checked={wordWrap}
        onChange={(checked) => void applySettings({ wordWrap: checked })}
      />
      <Switch
        label="Offer completions while typing"
        hint="Ctrl+Space asks for them at any time."
        checked={autocompletion}
        onChange={(checked) => void applySettings({ autocompletion: checked })}
      />
    </SettingGroupFields>
  );
}
