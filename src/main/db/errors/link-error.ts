import { describeDriverFailure } from './driver-failures';
import { linkEnded, protocolBroken, type LinkDescription } from './ended-link';
import { addressOf, type ErrorContext } from './error-context';
import { ProtocolError } from './protocol-error';
import { systemCodeOf } from './system-code';
import { describeSystemFailure } from './system-failures';
import { describeTlsFailure } from './tls-failures';

/**
 * Describes a failure of the link, of TLS or of pg itself. Returns null for an error that is none
 * of these.
 */
export function describeLinkError(error: unknown, context: ErrorContext): LinkDescription | null {
  if (error instanceof ProtocolError) return protocolBroken(context);
  const text = error instanceof Error ? error.message : String(error);
  const code = systemCodeOf(error);
  if (code !== undefined) {
    const description = describeCode(code, { error, text }, context);
    if (description !== null) return { ...description, systemCode: code };
  }
  return describeDriverFailure(text, context);
}

function describeCode(
  code: string,
  failed: { readonly error: unknown; readonly text: string },
  context: ErrorContext,
): LinkDescription | null {
  const isRunning = context.phase === 'query';
  const tls = describeTlsFailure(code, failed, context);
  const isErrno = /^E[A-Z]+$/.test(code);
  if (isRunning && isErrno) return linkEnded(context, code);
  if (tls !== null) {
    const kind = isRunning ? 'ConnectionLost' : 'ConnectionFailed';
    return { kind, message: tls[0], advice: tls[1] };
  }
  const failure = describeSystemFailure(code, failed.error, context);
  if (failure !== undefined) {
    return { kind: 'ConnectionFailed', message: failure[0], advice: failure[1] };
  }
  // Codes of Node itself begin with ERR_: those are defects. The rest is the system's or OpenSSL's.
  if (isRunning || code.startsWith('ERR_')) return null;
  return {
    kind: 'ConnectionFailed',
    message: `Connecting to ${addressOf(context)} failed: ${failed.text}`,
    advice: 'Check the host, the port and the network connection.',
  };
}
