import type {
  EnvironmentLabel,
  ParsedConnection,
  ProfileDraft,
} from '@shared/models/connection-profile';
import { DatabaseError } from '../../../db/errors/database-error';
import { validateDraft } from '../profile-validation';

/** A connection that was found in a file of another program or of this one. */
export type FoundConnection =
  | {
      readonly label: string;
      /** What the file says; the rest of `draft` was filled in. */
      readonly given: ParsedConnection['draft'];
      readonly draft: ProfileDraft;
      readonly password: string | null;
      readonly notes: readonly string[];
    }
  | { readonly label: string; readonly problem: string };

/** What a file says of one connection, and what stands for that which it leaves out. */
export interface FoundParts {
  readonly label: string;
  readonly given: ParsedConnection['draft'];
  readonly defaults: ParsedConnection['draft'];
  readonly password?: string | undefined;
  readonly notes?: readonly string[];
}

/** Puts a connection together, or says why it cannot be used. */
export function completed(parts: FoundParts): FoundConnection {
  const { label, given, defaults, password, notes = [] } = parts;
  return orProblem(label, () => ({
    label,
    given,
    draft: validateDraft({ environment: guessedEnvironment(label, given), ...defaults, ...given }),
    password: password ?? null,
    notes,
  }));
}

/** What `read` gives, or the DatabaseError that it raises as the entry's problem. */
export function orProblem(label: string, read: () => FoundConnection): FoundConnection {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return { label, problem: error.message };
  }
}

/**
 * What kind of server it is, by its name: rather a red mark too much than "local" on a server that
 * is not on this machine.
 */
function guessedEnvironment(
  label: string,
  { host = 'localhost', database = '', ssh }: ParsedConnection['draft'],
): EnvironmentLabel {
  const text = `${label} ${host} ${ssh?.host ?? ''} ${database}`.toLowerCase();
  if (/(?<![a-z])prod(?:uction)?(?![a-z])/.test(text)) return 'production';
  if (/\b(staging|stage|stg|uat)\b/.test(text)) return 'staging';
  // Through a tunnel "localhost" is the SSH host.
  const isHere = ssh === undefined && /^(localhost$|127\.|::1$|\/)/.test(host);
  return isHere ? 'local' : 'development';
}
