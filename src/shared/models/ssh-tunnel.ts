import { z } from 'zod';
import { portSchema } from './port';

/** How a person is known to an SSH server. */
export const sshAuthentications = ['agent', 'key', 'password'] as const;
export type SshAuthenticationMethod = (typeof sshAuthentications)[number];

/** Where the SSH password or the passphrase of the key comes from; `none` is a key without one. */
export const sshSecretSources = ['keychain', 'ask', 'none'] as const;
export type SshSecretSource = (typeof sshSecretSources)[number];

const sshHostSchema = z
  .string()
  .trim()
  .min(1, 'Enter the name or the address of the SSH host.')
  .max(1024)
  .regex(/^[^\s@/,\0]*$/, 'Enter the host alone; user and port have fields of their own.')
  // One colon is a port, more are an IPv6 address.
  .regex(/^(?!\[|[^:]*:[^:]*$)/, 'Enter the host alone; the port has a field of its own.');

/** Absolute on any system, or in the home folder as people write it. */
const keyFileSchema = z
  .string()
  .trim()
  .max(4096)
  .regex(/^($|~?[/\\]|[a-z]:[/\\])/i, 'Enter an absolute path, or one that begins with "~/".');

/** The SSH host that a connection leads through. It never holds a secret: that is a keychain item. */
export const sshTunnelSchema = z
  .object({
    host: sshHostSchema,
    port: portSchema.default(22),
    user: z.string().trim().min(1, 'Enter your user name on the SSH host.').max(255),
    authentication: z.enum(sshAuthentications).default('agent'),
    /** The path of the private key file; for `key`. */
    keyFile: keyFileSchema.optional(),
    /** Of no meaning for `agent`. */
    secretSource: z.enum(sshSecretSources).default('keychain'),
  })
  .refine(({ authentication, keyFile }) => authentication !== 'key' || Boolean(keyFile), {
    path: ['keyFile'],
    message: 'Enter the path of the private key file.',
    // Told together with what else is missing.
    when: () => true,
  });
export type SshTunnelDraft = z.infer<typeof sshTunnelSchema>;
