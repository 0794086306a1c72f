import { NumberField } from './number-field';
import { SettingGroupFields } from './setting-group';

/** How much of results is read and kept. */
export function ResultsPage() {
  return (
    <SettingGroupFields group="results">
      <NumberField
        name="resultMemoryMb"
        label="Memory for the rows of all results"
        unit="MB"
        hint="Rows beyond it are kept in encrypted temporary files, which are deleted when Postern closes."
      />
      <NumberField
        name="firstRows"
        label="Rows read at first"
        unit="rows"
        hint="Of each result and table. More are read while you scroll."
      />
    </SettingGroupFields>
  );
}
