import {
  longestSettingMs,
  profileDraftSchema,
  type ProfileDraft,
} from '@shared/models/connection-profile';
import { formFields, type FormErrors, type FormField, type FormValues } from './form-values';
import { addressesOf } from './host-rows';
import { sshField, sshInput } from './ssh-values';

const optional = (text: string): string | undefined => (text.trim() === '' ? undefined : text);

const wholeNumber = /^\d{1,15}$/;
const decimalNumber = /^\d{1,12}(\.\d{1,3})?$/;

type Conversion = { readonly draft: ProfileDraft } | { readonly errors: FormErrors };

const durationFields = [
  ['acquireTimeout', 'acquireTimeoutMs'],
  ['idleTimeout', 'idleTimeoutMs'],
  ['maxLifetime', 'maxLifetimeMs'],
] as const;

/** What is wrong between the limits of the pool, which is told while they are typed. */
export function poolErrors(
  { minConnections, maxConnections }: Pick<FormValues, 'minConnections' | 'maxConnections'>,
  defaultMaxConnections = Infinity,
): FormErrors {
  const isDefault = maxConnections.trim() === '';
  const most = isDefault ? defaultMaxConnections : Number(maxConnections);
  if (!(Number(minConnections) > most)) return {};
  return {
    minConnections: isDefault
      ? `More than the default of ${most} sessions at most: raise that too.`
      : 'More than the sessions at most.',
  };
}

/** The draft that the form describes, or what is wrong with it, field by field; see also poolErrors. */
export function toDraft(values: FormValues): Conversion {
  const errors: FormErrors = {};
  const milliseconds = (field: FormField, text: string): number | undefined => {
    if (text.trim() === '') return undefined;
    if (decimalNumber.test(text.trim())) return Math.round(Number(text) * 1000);
    errors[field] = 'Enter seconds as a number, for example 30 or 2.5.';
    return undefined;
  };
  const count = (field: FormField, text: string, message: string): number | undefined => {
    if (text.trim() === '') return undefined;
    if (wholeNumber.test(text.trim())) return Number(text);
    errors[field] = message;
    return undefined;
  };

  const pool: Record<string, number> = {};
  for (const field of ['maxConnections', 'minConnections'] as const) {
    const value = count(field, values[field], 'Enter a whole number, for example 5.');
    if (value !== undefined) pool[field] = value;
  }
  for (const [field, key] of durationFields) {
    const value = milliseconds(field, values[field]);
    if (value !== undefined) pool[key] = value;
  }
  const { name, color, environment, host, database, user, passwordSource, sslMode, readOnly } =
    values;
  const otherHosts = addressesOf(values.otherHosts);
  if ('error' in otherHosts) errors.otherHosts = otherHosts.error;
  const statementTimeoutMs = milliseconds('statementTimeout', values.statementTimeout);
  if (statementTimeoutMs !== undefined && statementTimeoutMs > longestSettingMs) {
    errors.statementTimeout = 'The server takes at most 2147483 seconds, which is 24 days.';
  }
  const parsed = profileDraftSchema.safeParse({
    name,
    color,
    environment,
    host,
    database,
    user,
    passwordSource,
    sslMode,
    readOnly,
    port: count('port', values.port, 'A port is a number from 1 to 65535.'),
    ...('addresses' in otherHosts &&
      otherHosts.addresses.length > 0 && { otherHosts: otherHosts.addresses }),
    ...(values.targetSessionAttrs !== 'any' && { targetSessionAttrs: values.targetSessionAttrs }),
    ssh: values.sshEnabled
      ? sshInput(values, count('sshPort', values.sshPort, 'A port is a number from 1 to 65535.'))
      : undefined,
    sslRootCertificate: optional(values.sslRootCertificate),
    sslClientCertificate: optional(values.sslClientCertificate),
    sslClientKey: optional(values.sslClientKey),
    statementTimeoutMs,
    lockTimeoutMs: milliseconds('lockTimeout', values.lockTimeout),
    idleInTransactionTimeoutMs: milliseconds(
      'idleInTransactionTimeout',
      values.idleInTransactionTimeout,
    ),
    applicationName: optional(values.applicationName),
    searchPath: optional(values.searchPath),
    startupSql: optional(values.startupSql),
    folder: optional(values.folder),
    ...(values.confirmEverything && { confirmEverything: true }),
    pool,
  });
  for (const issue of parsed.error?.issues ?? []) {
    const field = formField(issue.path.map(String).join('.'));
    if (field) errors[field] ??= issue.message;
  }
  if (!parsed.success || Object.keys(errors).length > 0) return { errors };
  return { draft: parsed.data };
}

/** What `toDraft` gives, for a test: to be tried a connection needs no name. */
export function toTestDraft(values: FormValues): Conversion {
  return toDraft(values.name.trim() === '' ? { ...values, name: 'New connection' } : values);
}

/** The form's field for a name that the schema or main gives: `pool.idleTimeoutMs`, `host`. */
export function formField(name: string): FormField | undefined {
  if (name.startsWith('otherHosts')) return 'otherHosts';
  if (name.startsWith('ssh.')) return formFields.find((field) => field === sshField(name));
  const last = (name.split('.').at(-1) ?? '').replace(/Ms$/, '');
  return formFields.find((field) => field === last);
}
