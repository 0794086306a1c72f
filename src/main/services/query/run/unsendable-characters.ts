import type { ParameterValues } from '@shared/models/query-parameter';
import { DatabaseError } from '../../../db/errors/database-error';

/** Half of a character beyond the basic plane, which UTF-8 has no bytes for. */
const loneSurrogate = /\p{Surrogate}/u;

/**
 * Raises DatabaseError of kind InvalidInput for what cannot reach the server as it is: a NUL would end
 * the text within the protocol's message and leave the rest unsent; half of a character would become
 * U+FFFD, and be stored as that without a word.
 */
export function refuseUnsendable(text: string, parameters: ParameterValues): void {
  const nul = text.indexOf('\0');
  if (nul >= 0) throw refusal('The text holds a NUL character', nul);
  const half = loneSurrogate.exec(text);
  if (half !== null) throw refusal('The text holds half of a character', half.index);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null) continue;
    if (value.includes('\0')) throw refusal(`The value of ${name} holds a NUL character`);
    if (loneSurrogate.test(value)) throw refusal(`The value of ${name} holds half of a character`);
  }
}

function refusal(what: string, position?: number): DatabaseError {
  return new DatabaseError({
    kind: 'InvalidInput',
    message: `${what}, which PostgreSQL cannot take.`,
    advice: 'Remove it and run again.',
    ...(position !== undefined && { position }),
  });
}
