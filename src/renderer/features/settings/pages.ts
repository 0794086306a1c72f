/** The pages of the settings, in their order. */
export const pageNames = [
  'appearance',
  'editor',
  'results',
  'safety',
  'files',
  'shortcuts',
] as const;
export type PageName = (typeof pageNames)[number];
