/** A psql command met in a script: why it is not run, and whether leaving it out changes what follows. */
export interface MetaCommandAdvice {
  /** Plain words for a person: what the command does in psql and what to do instead. */
  readonly explanation: string;
  /**
   * Whether the statements after it rely on it (another database, a condition, a variable, rows or
   * objects that it would have made), so that running them without it may do something else.
   */
  readonly affectsWhatFollows: boolean;
}

const notice = (explanation: string): MetaCommandAdvice => ({
  explanation,
  affectsWhatFollows: false,
});
const matters = (explanation: string): MetaCommandAdvice => ({
  explanation,
  affectsWhatFollows: true,
});

const describe = notice(
  'It describes objects in psql. Look at the schema browser instead, or query pg_catalog.',
);
const display = notice(
  'It sets how psql prints results. Results are shown in the grid, so it is not needed.',
);
const output = notice('It prints or redirects psql output. Use the export of the result instead.');
const condition = matters(
  'It makes the statements after it depend on a condition, which is not evaluated here. Run the statements that apply by hand.',
);
const include = matters(
  'It runs another file. Open that file and run it, or paste it in place of this line.',
);
const variable = matters(
  'It sets or reads a psql variable. Write the value in place of the variable.',
);
const ownVariable = notice(
  'It sets how psql itself behaves. Whether a script stops at its first error is set in the tab.',
);
const connect = matters(
  'It connects psql to another database or user. Open that connection and run the statements after it there.',
);
const shell = matters(
  'It runs a program or changes the environment of psql. Run it in a terminal.',
);
const execute = notice(
  'It ends the statement before it and sets how psql shows the result. The statement itself can be run without it.',
);

const advice: Readonly<Record<string, MetaCommandAdvice>> = {
  c: connect,
  connect,
  conninfo: notice('It shows the connection of psql. See the connection in the sidebar.'),
  copy: matters(
    'It copies between a file on this computer and a table. To read one, put its rows behind COPY … FROM STDIN; to write one, run the query and choose "Export Result…".',
  ),
  cd: shell,
  '!': shell,
  setenv: shell,
  getenv: variable,
  i: include,
  include,
  ir: include,
  include_relative: include,
  if: condition,
  elif: condition,
  else: condition,
  endif: condition,
  set: variable,
  unset: variable,
  prompt: variable,
  gset: variable,
  bind: variable,
  bind_named: variable,
  parse: variable,
  gexec: matters(
    'It runs each cell of the result of the statement before it as a statement. Run that statement, look at its result, and run what is wanted.',
  ),
  g: execute,
  gx: execute,
  gdesc: execute,
  crosstabview: execute,
  watch: notice('It repeats the statement before it. Run the statement again when needed.'),
  echo: output,
  qecho: output,
  warn: output,
  o: output,
  out: output,
  w: output,
  write: output,
  x: display,
  pset: display,
  timing: display,
  a: display,
  t: display,
  f: display,
  H: display,
  html: display,
  C: display,
  T: display,
  encoding: matters(
    'It sets the client encoding. The text here is always UTF-8; nothing has to be set.',
  ),
  password: matters('It changes a password. Use ALTER ROLE … PASSWORD.'),
  restrict: notice('It is a guard that pg_dump writes for psql. It is not needed here.'),
  unrestrict: notice('It is a guard that pg_dump writes for psql. It is not needed here.'),
  q: matters('It ends psql: psql would not run what comes after it.'),
  quit: matters('It ends psql: psql would not run what comes after it.'),
  '.': notice('It ends the rows of COPY … FROM STDIN, but no such COPY comes before it.'),
  sf: notice('It shows the source of a function. Use SELECT pg_get_functiondef(…).'),
  sv: notice('It shows the definition of a view. Use SELECT pg_get_viewdef(…).'),
  ef: notice('It edits a function. Use SELECT pg_get_functiondef(…) and edit the result.'),
  ev: notice('It edits a view. Use SELECT pg_get_viewdef(…) and edit the result.'),
  l: notice('It lists databases. See the sidebar, or SELECT datname FROM pg_database.'),
  errverbose: output,
  p: output,
  print: output,
  s: output,
  z: notice('It lists privileges. Query information_schema.role_table_grants.'),
};

/** Variables of psql that no statement is read by: how it stops, prints and asks. AUTOCOMMIT is none of them. */
const ownVariables =
  /^(?:ECHO|ECHO_HIDDEN|HIDE_\w+|HIST\w+|ON_ERROR_STOP|PROMPT[123]|QUIET|SHOW_\w+|VERBOSITY)(?:\s|$)/;

function knownAdvice(name: string): MetaCommandAdvice | undefined {
  if (Object.hasOwn(advice, name)) return advice[name];
  if (/^d[A-Za-z]*[S+]*$/.test(name)) return describe;
  if (/^(?:l|z)[Sx+]*$/.test(name)) return advice[name.charAt(0)];
  return name.startsWith('lo_') ? shell : undefined;
}

/** Whether psql has a command of this name (without the backslash). */
export function isKnownMetaCommand(name: string): boolean {
  return knownAdvice(name) !== undefined;
}

/**
 * What to tell a person of a psql command, by its name without the backslash and what stands behind it
 * on its line.
 */
export function metaCommandAdvice(name: string, subject = ''): MetaCommandAdvice {
  const known = knownAdvice(name);
  if (known === describe && subject !== '') {
    return notice(
      `It describes ${subject} in psql. Find ${subject} in the schema browser instead, or query pg_catalog.`,
    );
  }
  if (known === variable && (name === 'set' || name === 'unset') && ownVariables.test(subject)) {
    return ownVariable;
  }
  return (
    known ?? matters('It looks like a command of psql, not SQL. It cannot be sent to the server.')
  );
}
