import { z } from 'zod';

/** Names that are listed in a message; a certificate may hold hundreds. */
const listedNames = 5;

/** What `tls.checkServerIdentity` of Node.js puts into its error: the certificate, as an object. */
const certificateErrorSchema = z.object({
  cert: z.object({
    subjectaltname: z.string().optional(),
    subject: z.object({ CN: z.string().optional() }).optional(),
  }),
});

/**
 * The host names and addresses that the certificate of an error is for; empty where none is known.
 * The common name counts only without alternative ones, as for Node.js (`tls.checkServerIdentity`)
 * and RFC 6125, 6.4.4. Whatever else a certificate says of its holder stays out.
 */
export function certificateNames(error: unknown): readonly string[] {
  const parsed = certificateErrorSchema.safeParse(error);
  if (!parsed.success) return [];
  const { subjectaltname, subject } = parsed.data.cert;
  // Node.js writes a name with other characters in quotes, so that it cannot pass for two.
  const alternative = [
    ...(subjectaltname ?? '').matchAll(/(?:^|, )(?:DNS|IP Address):([\w.*:-]+)(?=, |$)/g),
  ].map((match) => match[1] ?? '');
  if (alternative.length > 0) return alternative;
  const common = subject?.CN ?? '';
  return /^[\w.*-]+$/.test(common) ? [common] : [];
}

/** The names in quotes, the first few of many: `"a", "b" and 7 more`. */
export function listOfNames(names: readonly string[]): string {
  const quoted = names.slice(0, listedNames).map((name) => `"${name}"`);
  const more = names.length - quoted.length;
  if (more > 0) return `${quoted.join(', ')} and ${more} more`;
  const last = quoted.pop() ?? '';
  return quoted.length === 0 ? last : `${quoted.join(', ')} and ${last}`;
}
