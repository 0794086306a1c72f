import { randomBytes } from 'node:crypto';
import { readdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Cluster } from './cluster';
import { sampleServerFailed } from './sample-error';
import type { Placement } from './placement';

const prefix = 'cluster-';
/** Lies in a data directory once the database in it is filled. */
const completeMarker = 'postern-sample-complete';
/** Bytes that building takes, with room for what a person adds later. */
const spaceNeeded = 400 * 1024 * 1024;

/**
 * The data directories in the sample's folder. Each build has a directory of a new name, so that
 * an initdb which outlived a crash of the app can never write into a later build. Only a directory
 * with the marker counts; every other one is what an interrupted build left.
 */
export class ClusterFolder {
  readonly #placement: Placement;

  constructor(placement: Placement) {
    this.#placement = placement;
  }

  async all(): Promise<readonly Cluster[]> {
    const entries = await readdir(this.#placement.directory);
    return entries
      .filter((name) => name.startsWith(prefix))
      .map((name) => new Cluster(this.#placement, join(this.#placement.directory, name)));
  }

  async complete(): Promise<Cluster | null> {
    for (const cluster of await this.all()) {
      if (await exists(join(cluster.directory, completeMarker))) return cluster;
    }
    return null;
  }

  /** Names a data directory for a new build. Raises DatabaseError of kind SampleServerFailed when the disk is too full. */
  async plan(): Promise<Cluster> {
    const { directory } = this.#placement;
    const { bavail, bsize } = await statfs(directory);
    if (bavail * bsize < spaceNeeded) {
      throw sampleServerFailed({
        message: `The sample database needs ${toMegabytes(spaceNeeded)} MB of disk space, and ${toMegabytes(bavail * bsize)} MB are free.`,
        detail: `No space left in ${directory}.`,
      });
    }
    return new Cluster(this.#placement, join(directory, prefix + randomBytes(4).toString('hex')));
  }

  async markComplete(cluster: Cluster): Promise<void> {
    await writeFile(join(cluster.directory, completeMarker), '');
  }

  /** Ends the server of a data directory and deletes it; the marker goes first, so that half a directory never counts. */
  async discard(cluster: Cluster): Promise<void> {
    await rm(join(cluster.directory, completeMarker), { force: true });
    await cluster.stop();
    await rm(cluster.directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function toMegabytes(bytes: number): number {
  return Math.floor(bytes / 1024 / 1024);
}
