/** The files that a person has opened, by ids that outlive the process. */
export interface ScriptPaths {
  /** The id of a path, a new one where it has none. Raises StorageFailed. */
  idOf(path: string): Promise<string>;
  /** Null for an id that was never given. Raises StorageFailed. */
  pathOf(id: string): Promise<string | null>;
}
