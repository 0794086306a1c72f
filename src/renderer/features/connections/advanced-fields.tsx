import { ChevronRight } from 'lucide-react';
import { Collapsible } from 'radix-ui';
import { useState } from 'react';
import { Switch } from '../../components/switch';
import type { FormField } from './form-values';
import { PoolFields, SessionFields, TlsFields } from './session-fields';
import type { ProfileFormState } from './use-profile-form';
import styles from './profile-form.module.css';

const advancedFields: readonly FormField[] = [
  'sslClientCertificate',
  'sslClientKey',
  'applicationName',
  'searchPath',
  'startupSql',
  'statementTimeout',
  'lockTimeout',
  'idleInTransactionTimeout',
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
      <Switch
        label="Confirm every change"
        hint="Asks before each statement that changes anything, not only before the dangerous ones."
        checked={form.values.confirmEverything}
        onChange={(confirmEverything) => form.set('confirmEverything', confirmEverything)}
      />
      <Collapsible.Root open={isOpen || hasError} onOpenChange={setOpen}>
        <Collapsible.Trigger className={styles['disclosure']}>
          <ChevronRight aria-hidden="true" /> Advanced
        </Collapsible.Trigger>
        <Collapsible.Content className={styles['advanced']}>
          <TlsFields form={form} />
          <SessionFields form={form} />
          <PoolFields form={form} />
        </Collapsible.Content>
      </Collapsible.Root>
    </>
  );
}
