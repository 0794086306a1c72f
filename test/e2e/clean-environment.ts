/** Nothing that names a database, and nothing that changes how Electron or Node start, leaks in. */
export function cleanEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const leaking = /^(?:PG.*|POSTGRES.*|DATABASE_URL|POSTERN_.*|ELECTRON_.*|NODE_OPTIONS)$/u;
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined || leaking.test(name) ? [] : [[name, value]],
    ),
  );
}
