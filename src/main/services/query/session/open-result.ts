import { randomUUID } from 'node:crypto';
import type { ReadState, RowsPage } from '@shared/models/query-result';
import { DatabaseError } from '../../../db/errors/database-error';
import type { Portal, ReadStrategy } from '../../../db/statements/portal';
import type { PortalPage } from '../../../db/statements/portal-pages';
import type { StoredResult } from '../results/stored-result';

/** Bytes of rows in one answer: more only when a single row is longer. */
const answerBytes = 1024 * 1024;
/** The longest string that Chromium's JavaScript engine can hold has 2^29 - 24 UTF-16 units. */
const longestText = 2 ** 29 - 24;

/** One result of a tab: the rows that were read, and the portal to the rest while it is open. */
export class OpenResult {
  readonly resultId = randomUUID();
  readonly stored: StoredResult;
  readonly strategy: ReadStrategy;
  #portal: Portal | null;
  #commandTag: string | null = null;
  /** Why the rest cannot be read. */
  #failure: DatabaseError | null = null;
  /** Rows that there was no room for: they come before all others once there is. */
  #unstored: PortalPage | null = null;
  #isReading = false;
  isStopRequested = false;
  /** Whether reading was cancelled for another run: what then fails is no failure of the result. */
  isInterrupted = false;

  constructor(stored: StoredResult, portal: Portal, strategy: ReadStrategy) {
    this.stored = stored;
    this.strategy = strategy;
    this.#portal = portal;
  }

  /** Whether the server may have further rows. */
  get hasMore(): boolean {
    return this.#portal !== null;
  }

  /** Whether the server is being asked for rows at this moment. */
  get isReading(): boolean {
    return this.#isReading;
  }

  get state(): ReadState {
    return { readRows: this.stored.rowCount, hasMore: this.hasMore, commandTag: this.#commandTag };
  }

  /** Rows that were read already. Raises DatabaseError of kind StorageFailed. */
  async rows(from: number, count: number): Promise<RowsPage> {
    const rows = await this.stored.read(from, count, answerBytes);
    return { rows, ...this.state };
  }

  /** One whole cell. Raises InvalidInput for a value that no string can hold, RangeError beyond the rows. */
  async cell(row: number, column: number): Promise<Uint8Array | null> {
    const bytes = await this.stored.readCell(row, column);
    if (bytes === null || bytes.length <= longestText) return bytes;
    throw new DatabaseError({
      kind: 'InvalidInput',
      message: `This value has ${bytes.length.toLocaleString('en')} bytes, more than can be shown.`,
      advice: 'Select a part of it, for example with substr(), or save the result to a file.',
    });
  }

  /** Takes over the first page. Raises StorageFailed. */
  async begin(page: PortalPage): Promise<void> {
    if (this.#portal !== null) await this.#store(this.#portal, page, { isSeen: true });
  }

  /** Reads one page from the server. Raises what the portal raises, and StorageFailed. */
  async grow(maxRows: number, options: { readonly isSeen: boolean }): Promise<void> {
    const portal = this.#portal;
    if (this.#failure !== null) throw this.#failure;
    if (portal === null) return;
    this.#isReading = true;
    try {
      await this.#store(portal, this.#unstored ?? (await portal.read(maxRows)), options);
    } finally {
      this.#isReading = false;
    }
  }

  /** Gives up the rest, which the server has been told to stop sending. */
  giveUp(): void {
    this.#portal = null;
  }

  /** Notes that the rest cannot be read any more, and why. */
  fail(error: DatabaseError): void {
    this.#failure = error;
    this.#portal = null;
  }

  /** Lets a page that the server is slow to fill end with the rows that it has. */
  stop(): void {
    this.isStopRequested = true;
    this.#portal?.settleEarly();
  }

  /**
   * Gives up the rows on the server; those read stay. A streamed portal's rows are on their way:
   * `cancel` is called for it, or all would be read and dropped. Resolves with the error by which the
   * statement was undone, or null.
   */
  async endReading(cancel: () => Promise<void>): Promise<unknown> {
    const portal = this.#portal;
    this.#portal = null;
    if (portal === null) return null;
    const hadEnded = portal.hasEnded;
    const closed = portal.close();
    if (this.strategy !== 'streamed') return await closed;
    // What only reads has nothing to be undone, and ends with the error of the cancel.
    if (!hadEnded) await cancel();
    await closed;
    return null;
  }

  async #store(
    portal: Portal,
    page: PortalPage,
    options: { readonly isSeen: boolean },
  ): Promise<void> {
    this.#unstored = page;
    await this.stored.append(page.rows, options);
    this.#unstored = null;
    // The portal itself may have ended already while it holds further rows.
    if (page.hasMore || this.#portal === null) return;
    this.#portal = null;
    this.#commandTag = portal.commandTag;
  }
}
