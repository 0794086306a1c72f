/**
 * The names of all channels, free of any dependency: the sandboxed preload takes its allow-list
 * from here. The contract is checked against these names by the compiler.
 */
export const callChannels = [
  'app:get-info',
  'settings:get',
  'settings:update',
  'profile:list',
  'profile:save',
  'profile:delete',
  'profile:restore',
  'profile:parse',
  'profile:list-environment',
  'profile:test',
  'connection:open',
  'connection:close',
  'connection:list',
  'connection:check-health',
  'connection:get-pool-stats',
  'catalog:list-databases',
  'catalog:list-schemas',
  'catalog:list-tables',
  'catalog:get-table-info',
  'query:run',
  'query:read-rows',
  'query:read-cell',
  'query:read-all',
  'query:stop-reading',
  'query:cancel',
  'query:close-result',
  'query:close-tab',
  'table:describe',
  'table:read-page',
  'table:read-on',
  'table:close-stream',
  'table:estimate-rows',
  'table:count-rows',
  'table:cancel',
  'workspace:load',
  'workspace:save',
] as const;
export type CallChannel = (typeof callChannels)[number];

export const eventChannels = [
  'sample:progress',
  'connection:changed',
  'connection:health',
  'query:progress',
  'menu:command',
] as const;
export type EventChannel = (typeof eventChannels)[number];
