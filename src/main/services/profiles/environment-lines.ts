/** Variables by name, as the lines of a text give them. */
export type Variables = ReadonlyMap<string, string>;

const name = '[A-Za-z_][A-Za-z0-9_]*';

/** What stands in front of a variable: a list's dash, and the words of shells and of container files. */
const lead = /^\s*(?:-\s+)?(?:(?:export|declare -x|set|setx|ENV|ARG)\s+|\$env:)?/;

/** One word of a shell's line, quotes included. */
const word = /\s*((?:'[^']*'|"(?:[^"\\]|\\.)*"|[^\s'"])+)/y;

/** A whole line that is one variable: as in .env files, in YAML, and in shells. */
const line = new RegExp(`^(${name})(?:\\s*=\\s*|:\\s+)(.*)$`);

/**
 * The variables that the lines of an .env file, a container file or a shell set, one or several on a
 * line. Lines that set none are left out; of a variable that is set twice the last one counts.
 */
export function environmentLines(source: string): Variables {
  const variables = new Map<string, string>();
  for (const text of source.split(/\r?\n/)) {
    for (const [variable, value] of assignments(text.replace(lead, ''))) {
      variables.set(variable, value);
    }
  }
  return variables;
}

function assignments(text: string): readonly (readonly [name: string, value: string])[] {
  if (text.startsWith('#')) return [];
  const several = assignedWords(text);
  if (several.length > 1) return several;
  const [, variable, value] = line.exec(text) ?? [];
  return variable === undefined || value === undefined ? [] : [[variable, assignedValue(value)]];
}

const assignedWord = new RegExp(`^(${name})=([^]*?);?$`);

/** `A=x B='y z' && export C=w` as a shell reads it; none where a word is not a part of that. */
function assignedWords(text: string): readonly (readonly [name: string, value: string])[] {
  const end = text.trimEnd().length;
  const found: [string, string][] = [];
  for (word.lastIndex = 0; word.lastIndex < end;) {
    const given = word.exec(text)?.[1];
    if (given === undefined) return [];
    if (given.startsWith('#')) break;
    if (/^(?:export|set|&&|;)$/.test(given)) continue;
    const [, variable, value] = assignedWord.exec(given) ?? [];
    if (variable === undefined || value === undefined) return [];
    found.push([variable, value.replaceAll(quotedPart, unquoted)]);
  }
  return found;
}

const quotedPart = /'([^']*)'|"((?:[^"\\]|\\.)*)"/g;

function unquoted(_all: string, single?: string, double?: string): string {
  // Inside double quotes a backslash keeps its meaning only before these (POSIX, 2.2.3).
  return single ?? double?.replaceAll(/\\([$`"\\])/g, '$1') ?? '';
}

/** What stands behind the equals sign, without quotes, a comment and a closing semicolon. */
function assignedValue(text: string): string {
  const quoted = /^(?:'[^']*'|"(?:[^"\\]|\\.)*")(?=\s*[;,]?\s*(?:#|$))/.exec(text)?.[0];
  if (quoted !== undefined) return quoted.replaceAll(quotedPart, unquoted);
  // Without a space in front of it a # belongs to the value, as in a password.
  const end = /(?:^|\s)#/.exec(text)?.index ?? text.length;
  return text.slice(0, end).trimEnd().replace(/;$/, '').trimEnd();
}
