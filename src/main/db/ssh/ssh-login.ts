import type {
  AnyAuthMethod,
  AuthenticationType,
  AuthHandlerMiddleware,
  KeyboardInteractiveCallback,
  ParsedKey,
  Prompt,
} from 'ssh2';
import { DatabaseError } from '../errors/database-error';
import { loadPrivateKey } from './private-key';
import type { SshSettings } from './ssh-settings';

/** What is to be tried, with everything that it takes. */
type Means =
  | { readonly method: 'agent'; readonly socket: string }
  | { readonly method: 'key'; readonly path: string; readonly key: ParsedKey }
  | { readonly method: 'password'; readonly password: string };

/**
 * Logs in to an SSH server. `none` is asked for first, as ssh does: the server then says which methods
 * it takes. A password also answers the one question that servers with PAM ask in its place.
 */
export class SshLogin {
  readonly #user: string;
  readonly #means: Means;
  readonly #fail: (error: DatabaseError) => void;
  /** Those that are still to be tried, in order. */
  readonly #attempts: AnyAuthMethod[];
  /** The methods that the server takes; null until it has said so. */
  #taken: readonly string[] | null = null;
  #last: AuthenticationType = 'none';
  #agentFailure: string | null = null;
  #hasAnswered = false;

  private constructor(user: string, means: Means, fail: (error: DatabaseError) => void) {
    this.#user = user;
    this.#means = means;
    this.#fail = fail;
    this.#attempts = [{ type: 'none', username: user }, ...this.#attemptsWith(means)];
  }

  /**
   * Gets ready what the login takes: reads the key, or the password. `fail` is told when the server
   * refuses all of it. Raises DatabaseError of kind InvalidInput with the field `ssh.keyFile`,
   * `ssh.secret` or `ssh.authentication`.
   */
  static async prepare(
    { user, authentication }: SshSettings,
    fail: (error: DatabaseError) => void,
  ): Promise<SshLogin> {
    switch (authentication.method) {
      case 'agent': {
        const { socket } = authentication;
        if (socket === null) throw noAgent();
        return new SshLogin(user, { method: 'agent', socket }, fail);
      }
      case 'key': {
        const { path, passphrase } = authentication;
        const key = await loadPrivateKey(path, passphrase);
        return new SshLogin(user, { method: 'key', path, key }, fail);
      }
      case 'password': {
        const password = await authentication.password();
        if (password === null || password === '') throw noPassword(user);
        return new SshLogin(user, { method: 'password', password }, fail);
      }
    }
  }

  /** ssh2 asks for the next attempt after each refusal. */
  readonly handler: AuthHandlerMiddleware = (taken: string[] | null, isPartial, next) => {
    if (taken !== null) this.#taken = taken;
    if (isPartial) {
      this.#fail(this.#furtherStep());
      return;
    }
    for (;;) {
      const attempt = this.#attempts.shift();
      if (attempt === undefined) {
        this.#fail(this.#refused());
        return;
      }
      const name = attempt.type === 'agent' ? 'publickey' : attempt.type;
      if (name !== 'none' && this.#taken !== null && !this.#taken.includes(name)) continue;
      this.#last = attempt.type;
      next(attempt);
      return;
    }
  };

  /** An error that ssh2 tells of and goes on after. True where it is one. */
  notes(error: Error): boolean {
    const level = 'level' in error ? error.level : undefined;
    if (level === 'agent') this.#agentFailure = error.message;
    return level === 'agent' || level === 'client-authentication';
  }

  /** How it went, for a person; the login is done. */
  get description(): string {
    if (this.#last === 'none') return 'no login was asked for';
    return { agent: 'key of the SSH agent', key: 'private key', password: 'password' }[
      this.#means.method
    ];
  }

  #attemptsWith(means: Means): AnyAuthMethod[] {
    const username = this.#user;
    switch (means.method) {
      case 'agent':
        return [{ type: 'agent', username, agent: means.socket }];
      case 'key':
        return [{ type: 'publickey', username, key: means.key }];
      case 'password':
        return [
          { type: 'password', username, password: means.password },
          {
            type: 'keyboard-interactive',
            username,
            prompt: (_name, _instructions, _language, prompts, answer) =>
              this.#answer(means.password, prompts, answer),
          },
        ];
    }
  }

  /** Only a lone question whose answer is hidden is one for the password. */
  #answer(password: string, prompts: readonly Prompt[], answer: KeyboardInteractiveCallback): void {
    const [prompt] = prompts;
    if (prompts.length === 1 && prompt?.echo !== true && !this.#hasAnswered) {
      this.#hasAnswered = true;
      answer([password]);
      return;
    }
    this.#fail(
      new DatabaseError({
        kind: 'AuthenticationFailed',
        message: 'The SSH server asks for more than a password.',
        detail: `It asks: ${prompts.map((each) => each.prompt.trim()).join(' ')}`,
        advice: 'Use a private key or the SSH agent: one-time codes are not supported.',
      }),
    );
  }

  #refused(): DatabaseError {
    const [why, field, advice] = this.#cause();
    return new DatabaseError({
      kind: 'AuthenticationFailed',
      field,
      message: `The SSH server refused user "${this.#user}": ${why}.`,
      detail: `It takes: ${this.#taken?.join(', ') || 'it does not say'}`,
      advice,
    });
  }

  #cause(): readonly [why: string, field: string, advice: string] {
    const means = this.#means;
    const name = means.method === 'password' ? 'password' : 'publickey';
    const isTaken = this.#taken?.some(
      (taken) => taken === name || (name === 'password' && taken === 'keyboard-interactive'),
    );
    if (isTaken === false) {
      return [
        `it does not take ${name === 'password' ? 'passwords' : 'keys'}`,
        'ssh.authentication',
        'Choose another way to authenticate.',
      ];
    }
    switch (means.method) {
      case 'password':
        return ['the password is wrong', 'ssh.secret', 'Check the user and the password.'];
      case 'key':
        return [
          'it does not know the key',
          'ssh.keyFile',
          `Check the user, and that the public key of ${means.path} is in its authorized_keys on the server.`,
        ];
      case 'agent':
        return this.#agentFailure === null
          ? [
              'it knows none of the keys of the SSH agent',
              'ssh.authentication',
              'Check the user. "ssh-add -l" lists the keys of the agent, "ssh-add FILE" adds one.',
            ]
          : [
              `the SSH agent failed (${this.#agentFailure})`,
              'ssh.authentication',
              'Check that the agent runs and is unlocked: "ssh-add -l" lists its keys.',
            ];
    }
  }

  #furtherStep(): DatabaseError {
    return new DatabaseError({
      kind: 'AuthenticationFailed',
      field: 'ssh.authentication',
      message: 'The SSH server accepted the login and asks for a second one.',
      detail: `It takes: ${this.#taken?.join(', ') ?? ''}`,
      advice: 'Several steps of authentication are not supported. Ask its administrator.',
    });
  }
}

function noAgent(): DatabaseError {
  return new DatabaseError({
    kind: 'InvalidInput',
    field: 'ssh.authentication',
    message: 'No SSH agent was found: SSH_AUTH_SOCK is not set.',
    advice: 'Start an agent and then Postern again, or choose a private key file.',
  });
}

function noPassword(user: string): DatabaseError {
  return new DatabaseError({
    kind: 'InvalidInput',
    field: 'ssh.secret',
    message: `The SSH password of user "${user}" is missing.`,
    advice: 'Enter the password.',
  });
}
