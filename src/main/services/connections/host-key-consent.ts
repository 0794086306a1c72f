import type { EnvironmentLabel } from '@shared/models/connection-profile';
import { addressOf } from '../../db/errors/error-context';
import { dialogText } from '../dialog-text';
import { fingerprintOf, keyTypeName, type HostKey } from '../../db/ssh/host-key';

/** An SSH host that shows a key for the first time. */
export interface HostKeyRequest {
  /** What the connection is called. */
  readonly name: string;
  readonly environment: EnvironmentLabel;
  readonly host: string;
  readonly port: number;
  readonly key: HostKey;
}

/** Asks a person whether a key is to be trusted. The signal takes the question back. */
export type ConfirmHostKey = (request: HostKeyRequest, signal: AbortSignal) => Promise<boolean>;

/** The words of the question. */
export function describeHostKeyRequest(request: HostKeyRequest): {
  readonly message: string;
  readonly detail: string;
} {
  const { name, environment, key } = request;
  const place = dialogText(addressOf(request));
  const isProduction = environment === 'production';
  return {
    message: isProduction
      ? `PRODUCTION: trust the SSH host ${place}?`
      : `Trust the SSH host ${place}?`,
    detail: [
      `The connection "${dialogText(name)}" leads through this host, whose key is not known yet.`,
      `Key type: ${keyTypeName(key)}\nFingerprint: ${fingerprintOf(key)}`,
      isProduction
        ? 'Whoever answers in its place can read and change all that crosses a production connection. Trust the key only when its administrator has told you this very fingerprint.'
        : 'Trust the key only when the fingerprint is the one that its administrator has told you: somebody else may be answering.',
      'A trusted key is remembered. Another key of this host will be refused from then on.',
    ].join('\n\n'),
  };
}
