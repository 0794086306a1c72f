/** What to do about programs that would have run psql elsewhere; null where what is left out needs nothing. */
export function adviceOnIgnored(ignored: readonly string[]): string | null {
  if (ignored.some((name) => name.endsWith(' exec'))) {
    return 'psql would run inside the container. From here its server is reached by a port that is published (docker run -p) or forwarded (kubectl port-forward).';
  }
  return ignored.includes('ssh')
    ? 'psql would run on that host. The SSH tunnel below leads there.'
    : null;
}
