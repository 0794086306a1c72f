import { posix, win32 } from 'node:path';
import { toParsedConnection, type ConnectionParameters } from '../connection-parameters';
import type { Environment } from '../environment-parameters';
import { completed, orProblem, type FoundConnection } from './found-connection';

/** Where libpq looks for the connection service file of a user (PostgreSQL manual, 32.17). */
export function serviceFilePath(
  environment: Environment,
  platform: NodeJS.Platform,
  home: string,
): string {
  const named = environment['PGSERVICEFILE'];
  if (named) return named;
  if (platform !== 'win32') return posix.join(home, '.pg_service.conf');
  const applicationData = environment['APPDATA'] ?? win32.join(home, 'AppData', 'Roaming');
  return win32.join(applicationData, 'postgresql', '.pg_service.conf');
}

/**
 * The services of a connection service file. As in libpq the first section of a name and the first
 * value of a keyword count. `systemUser` stands in where a section names no user.
 */
export function readServiceFile(text: string, systemUser: string): FoundConnection[] {
  const seen = new Set<string>();
  return sectionsOf(text).map((section) => {
    const isRepeated = seen.has(section.name);
    seen.add(section.name);
    const problem = isRepeated
      ? 'The file has an earlier section of this name, which is the one that counts.'
      : section.problem;
    return problem === null ? toConnection(section, systemUser) : { label: section.name, problem };
  });
}

interface Section {
  readonly name: string;
  readonly parameters: ConnectionParameters;
  problem: string | null;
}

function sectionsOf(text: string): Section[] {
  const sections: Section[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const heading = /^\[(.*)\]$/.exec(line);
    if (heading) {
      sections.push({ name: heading[1] ?? '', parameters: new Map(), problem: null });
      continue;
    }
    const section = sections.at(-1);
    // Lines ahead of the first section belong to no service.
    if (section === undefined) continue;
    section.problem ??= readSetting(line, index + 1, section.parameters);
  }
  return sections;
}

/** Takes one line into the parameters, or says why not. */
function readSetting(
  line: string,
  number: number,
  parameters: ConnectionParameters,
): string | null {
  if (/^ldaps?:\/\//i.test(line))
    return 'It is looked up in an LDAP directory, which is not supported.';
  const [keyword, ...rest] = line.split('=');
  const name = keyword?.trim().toLowerCase() ?? '';
  if (rest.length === 0 || name === '') return `Line ${number} is not of the form name=value.`;
  if (name === 'service' || name === 'servicefile') {
    return 'It refers to another service, which libpq does not allow either.';
  }
  if (!parameters.has(name)) parameters.set(name, rest.join('=').trim());
  return null;
}

function toConnection({ name, parameters }: Section, systemUser: string): FoundConnection {
  return orProblem(name, () => {
    const { draft, password, ignored } = toParsedConnection(parameters);
    const user = draft.user ?? systemUser;
    return completed({
      label: name,
      given: { ...draft, ...(password !== undefined && { passwordSource: 'keychain' as const }) },
      defaults: { name, host: 'localhost', user, database: user, passwordSource: 'pgpass' },
      password,
      notes: ignored.length === 0 ? [] : [`Not supported and left out: ${ignored.join(', ')}`],
    });
  });
}
