import { commandNames, commands, type CommandName } from '@shared/commands';
import type { Connection, ConnectionProfile } from '@shared/models/connection-profile';
import type { SavedQuery } from '@shared/models/saved-query';
import type { SearchHit } from '@shared/models/search';
import type { RelationName } from '@shared/models/table-data';
import { markedPlaces, patternOf, scoreText } from '@shared/search/name-match';
import type { QueryText } from './query-text';

/** Something that the palette can go to or carry out. */
export type ItemTarget =
  | { readonly kind: 'object'; readonly hit: SearchHit }
  | { readonly kind: 'command'; readonly command: CommandName }
  | {
      readonly kind: 'tab';
      readonly tabId: string;
      readonly title: string;
      /** Whether it shows the rows of a relation instead of an editor. */
      readonly hasRows: boolean;
    }
  | { readonly kind: 'saved-query'; readonly query: SavedQuery }
  | { readonly kind: 'connection'; readonly connection: Connection }
  | { readonly kind: 'profile'; readonly profile: ConnectionProfile };

export interface QuickItem {
  readonly key: string;
  readonly target: ItemTarget;
  /** Higher fits better. */
  readonly score: number;
  /** Offsets in the item's name of what fits. */
  readonly marks: readonly number[];
}

/** What the window itself knows of: everything but the objects of the database. */
export interface LocalSources {
  /** Null on the start screen. */
  readonly current: Connection | null;
  readonly tabs: readonly {
    readonly id: string;
    readonly title: string;
    /** Present where the tab shows rows instead of an editor. */
    readonly relation?: RelationName | undefined;
  }[];
  /** Those that can be opened here. */
  readonly savedQueries: readonly SavedQuery[];
  readonly connections: readonly Connection[];
  readonly profiles: readonly ConnectionProfile[];
}

/** Objects of the database are what the palette is mostly asked for. */
const tabPenalty = 10;
const savedQueryPenalty = 15;
const connectionPenalty = 30;
const commandPenalty = 60;

/** How a target is called. */
export function nameOf(target: ItemTarget): string {
  switch (target.kind) {
    case 'object':
      return target.hit.name;
    case 'command':
      return commands[target.command].label;
    case 'tab':
      return target.title;
    case 'saved-query':
      return target.query.name;
    case 'connection':
      return target.connection.name;
    case 'profile':
      return target.profile.name;
  }
}

/** The tabs, saved queries, connections and commands that fit; without a text all of what the scope has. */
export function localItems(sources: LocalSources, { scope, text }: QueryText): QuickItem[] {
  if (scope !== 'all' && scope !== 'command' && scope !== 'saved-query') return [];
  const pattern = patternOf(text);
  const item = (key: string, target: ItemTarget, penalty: number): readonly QuickItem[] => {
    const name = nameOf(target);
    const score = scoreText(name, pattern);
    if (score === 0) return [];
    return [{ key, target, score: score - penalty, marks: markedPlaces(name, pattern) }];
  };
  const savedItems = sources.savedQueries.flatMap((query) =>
    item(`saved query ${query.id}`, { kind: 'saved-query', query }, savedQueryPenalty),
  );
  if (scope === 'saved-query') return savedItems;
  const commandItems = commandNames
    .filter((command) => command !== 'quick-open' && command !== 'show-commands')
    .filter((command) => sources.current !== null || !commands[command].needsConnection)
    .flatMap((command) => item(`command ${command}`, { kind: 'command', command }, commandPenalty));
  if (scope === 'command') return commandItems;
  const open = new Set(sources.connections.map(({ profileId }) => profileId));
  return [
    ...sources.tabs.flatMap(({ id, title, relation }) =>
      item(
        `tab ${id}`,
        { kind: 'tab', tabId: id, title, hasRows: relation !== undefined },
        tabPenalty,
      ),
    ),
    ...(text === '' ? [] : savedItems),
    ...sources.connections
      .filter(({ connectionId }) => connectionId !== sources.current?.connectionId)
      .flatMap((connection) =>
        item(
          `connection ${connection.connectionId}`,
          { kind: 'connection', connection },
          connectionPenalty,
        ),
      ),
    ...sources.profiles
      .filter(({ id }) => !open.has(id))
      .flatMap((profile) =>
        item(`profile ${profile.id}`, { kind: 'profile', profile }, connectionPenalty),
      ),
    ...(text === '' ? [] : commandItems),
  ];
}

/** The objects that main found as items. */
export function objectItems(hits: readonly SearchHit[]): QuickItem[] {
  return hits.map((hit) => ({
    key: `object ${hit.kind} ${hit.oid} ${hit.column}`,
    target: { kind: 'object', hit },
    score: hit.score,
    marks: hit.marks,
  }));
}

/**
 * Whether Enter may take a line while main still looks for what was typed last: objects are then those of
 * the text before. A line that a person has gone to is what they want.
 */
export function mayChoose(
  item: QuickItem | undefined,
  { isLoading, isGoneTo }: { readonly isLoading: boolean; readonly isGoneTo: boolean },
): boolean {
  if (!isLoading || isGoneTo) return true;
  return item !== undefined && item.target.kind !== 'object';
}

/** How many lines the palette shows at most. */
const mostItems = 50;

/** All items in one order, best first; those that fit alike stay in their order. */
export function rankItems(objects: readonly QuickItem[], local: readonly QuickItem[]): QuickItem[] {
  return [...objects, ...local].sort((a, b) => b.score - a.score).slice(0, mostItems);
}
