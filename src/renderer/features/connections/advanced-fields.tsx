import { ChevronRight } from 'lucide-react';
import { Collapsible } from 'radix-ui';
import { useState } from 'react';
import { Switch } from '../../components/switch';
import { FormTextField } from './form-text-field';
import type { FormField } from './form-values';
import type { ProfileFormState } from './use-profile-form';
import styles from './profile-form.module.css';

const advancedFields: readonly FormField[] = [
  'sslClientCertificate',
  'sslClientKey',
  'statementTimeout',
  'maxConnections',
  'minConnections',
  'acquireTimeout',
  'idleTimeout',
  'maxLifetime',
];

/** Safety and limits; unfolded where something in it is set or wrong. */
export function AdvancedFields({ form }: { readonly form: ProfileFormState }) {
  const [isOpen, setOpen] = useState(() =>
    advancedFields.some((field) => form.values[field] !== ''),
  );
  const hasError = advancedFields.some((field) => form.errors[field] !== undefined);
  return (
    <>
      <Switch
        label="Read-only"
        hint="Every session refuses to change data, on the server itself."
        checked={form.values.readOnly}
        onChange={(readOnly) => form.set('readOnly', readOnly)}
      />
      <Collapsible.Root open={isOpen || hasError} onOpenChange={setOpen}>
        <Collapsible.Trigger className={styles['disclosure']}>
          <ChevronRight aria-hidden="true" /> Advanced
        </Collapsible.Trigger>
        <Collapsible.Content className={styles['advanced']}>
          <div className={styles['grid']}>
            <FormTextField
              form={form}
              field="sslClientCertificate"
              label="Client certificate"
              mono
              placeholder="Path of a PEM file"
              className={styles['span6']}
            />
            <FormTextField
              form={form}
              field="sslClientKey"
              label="Client key"
              mono
              placeholder="Path of a PEM file"
              className={styles['span6']}
            />
            <FormTextField
              form={form}
              field="statementTimeout"
              label="Statement timeout"
              suffix="s"
              inputMode="decimal"
              placeholder="No limit"
              className={styles['span4']}
            />
            <FormTextField
              form={form}
              field="maxConnections"
              label="Sessions at most"
              inputMode="numeric"
              placeholder="Default"
              className={styles['span4']}
            />
            <FormTextField
              form={form}
              field="minConnections"
              label="Kept open at least"
              inputMode="numeric"
              placeholder="Default"
              className={styles['span4']}
            />
            <FormTextField
              form={form}
              field="acquireTimeout"
              label="Wait for a session"
              suffix="s"
              inputMode="decimal"
              placeholder="Default"
              className={styles['span4']}
            />
            <FormTextField
              form={form}
              field="idleTimeout"
              label="Close when idle for"
              suffix="s"
              inputMode="decimal"
              placeholder="Default"
              className={styles['span4']}
            />
            <FormTextField
              form={form}
              field="maxLifetime"
              label="Replace after"
              suffix="s"
              inputMode="decimal"
              placeholder="Default"
              className={styles['span4']}
            />
          </div>
        </Collapsible.Content>
      </Collapsible.Root>
    </>
  );
}
