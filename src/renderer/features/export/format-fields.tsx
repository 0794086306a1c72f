import { Field } from '../../components/field';
import { Select } from '../../components/select';
import { Switch } from '../../components/switch';
import { TextInput } from '../../components/text-input';
import type { DraftField, ExportDraft } from './export-draft';
import styles from './export-dialog.module.css';

interface FormatFieldsProps {
  readonly draft: ExportDraft;
  readonly errors: Partial<Record<DraftField, string>>;
  readonly onChange: (change: Partial<ExportDraft>) => void;
}

/** The options of the chosen format. */
export function FormatFields(props: FormatFieldsProps) {
  switch (props.draft.format) {
    case 'csv':
    case 'tsv':
      return <SeparatedFields {...props} />;
    case 'insert':
      return <InsertFields {...props} />;
    case 'markdown':
      return (
        <div className={styles['grid']}>
          <NullField {...props} field="markdownNull" />
        </div>
      );
    case 'xlsx':
      return (
        <Switch
          label="Column names in the first row"
          hint="Numbers of more than 15 digits are kept as text: a spreadsheet would round them."
          checked={props.draft.header}
          onChange={(header) => props.onChange({ header })}
        />
      );
    case 'json':
    case 'ndjson':
      return (
        <p className={styles['note']}>
          Numbers keep all their digits. NaN and Infinity, which JSON does not have, become strings.
        </p>
      );
  }
}

function SeparatedFields({ draft, errors, onChange }: FormatFieldsProps) {
  const isCsv = draft.format === 'csv';
  return (
    <>
      <div className={styles['grid']}>
        {isCsv && (
          <Field label="Delimiter">
            {(control) => (
              <Select
                control={control}
                value={draft.delimiter}
                options={[
                  { value: ',', label: 'Comma  ,' },
                  { value: ';', label: 'Semicolon  ;' },
                  { value: '\t', label: 'Tab' },
                  { value: '|', label: 'Bar  |' },
                ]}
                onChange={(delimiter) => onChange({ delimiter })}
              />
            )}
          </Field>
        )}
        <NullField
          draft={draft}
          errors={errors}
          onChange={onChange}
          field={isCsv ? 'csvNull' : 'tsvNull'}
        />
        <Field label="Line ending">
          {(control) => (
            <Select
              control={control}
              value={draft.lineEnding}
              options={[
                { value: 'lf', label: 'LF (Unix)' },
                { value: 'crlf', label: 'CRLF (Windows)' },
              ]}
              onChange={(lineEnding) => onChange({ lineEnding })}
            />
          )}
        </Field>
      </div>
      <div className={styles['switches']}>
        <Switch
          label="Column names in the first line"
          checked={draft.header}
          onChange={(header) => onChange({ header })}
        />
        <Switch
          label="Byte order mark"
          hint="Excel needs it to read UTF-8."
          checked={draft.byteOrderMark}
          onChange={(byteOrderMark) => onChange({ byteOrderMark })}
        />
        <Switch
          label="Neutralise formulas"
          hint="For spreadsheets: an apostrophe before texts that begin with = + - @"
          checked={draft.guardFormulas}
          onChange={(guardFormulas) => onChange({ guardFormulas })}
        />
      </div>
    </>
  );
}

function InsertFields({ draft, errors, onChange }: FormatFieldsProps) {
  return (
    <div className={styles['grid']}>
      <Field label="Schema" error={errors.schema}>
        {(control) => (
          <TextInput
            {...control}
            mono
            placeholder="search path"
            value={draft.schema}
            onChange={(event) => onChange({ schema: event.target.value })}
          />
        )}
      </Field>
      <Field label="Table" error={errors.table}>
        {(control) => (
          <TextInput
            {...control}
            mono
            value={draft.table}
            onChange={(event) => onChange({ table: event.target.value })}
          />
        )}
      </Field>
      <Field label="Rows per statement" error={errors.rowsPerStatement}>
        {(control) => (
          <TextInput
            {...control}
            inputMode="numeric"
            value={draft.rowsPerStatement}
            onChange={(event) => onChange({ rowsPerStatement: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}

interface NullFieldProps extends FormatFieldsProps {
  readonly field: 'csvNull' | 'tsvNull' | 'markdownNull';
}

function NullField({ draft, errors, onChange, field }: NullFieldProps) {
  return (
    <Field label="NULL is written as" error={errors.nullText}>
      {(control) => (
        <TextInput
          {...control}
          mono
          placeholder="nothing"
          value={draft[field]}
          onChange={(event) => onChange({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
}
