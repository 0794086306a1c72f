export function readConfig(_e: NodeJS.ProcessEnv) {
  return {
    limits: {
      maxConnections: 20,
      minConnections: 2,
      acquireTimeoutMs: 5000,
      idleTimeoutMs: 300000,
      maxLifetimeMs: 1800000,
    },
  };
}
