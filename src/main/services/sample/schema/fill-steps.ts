import type { SampleProgress } from '@shared/models/sample';
import shop from './01-shop.sql?raw';
import warehouseAnalytics from './02-warehouse-analytics.sql?raw';
import words from './03-words.sql?raw';
import catalogueRows from './04-catalogue-rows.sql?raw';
import orderRows from './05-order-rows.sql?raw';
import warehouseRows from './06-warehouse-rows.sql?raw';
import analyticsRows from './07-analytics-rows.sql?raw';
import keysIndexes from './08-keys-indexes.sql?raw';
import viewsFunctions from './09-views-functions.sql?raw';
import comments from './10-comments.sql?raw';

/** One file of SQL that runs in one go. */
export interface FillStep {
  readonly name: string;
  readonly step: SampleProgress['step'];
  readonly message: string;
  /** Its share of the time, relative to the other steps. */
  readonly weight: number;
  readonly sql: string;
}

const schema = { step: 'creating schema', message: 'Creating the tables.', weight: 0.5 } as const;
const rows = { step: 'loading rows' } as const;

/** Everything that fills the database, in order; all in one transaction. */
export const fillSteps: readonly FillStep[] = [
  { name: 'shop', ...schema, sql: shop },
  { name: 'warehouse and analytics', ...schema, sql: warehouseAnalytics },
  { name: 'words', ...schema, sql: words },
  { name: 'catalogue', ...rows, message: 'Writing books.', weight: 3, sql: catalogueRows },
  { name: 'orders', ...rows, message: 'Taking orders.', weight: 11, sql: orderRows },
  { name: 'warehouse', ...rows, message: 'Moving stock.', weight: 3, sql: warehouseRows },
  { name: 'analytics', ...rows, message: 'Counting visitors.', weight: 5, sql: analyticsRows },
  { name: 'keys', ...rows, message: 'Building keys and indexes.', weight: 9, sql: keysIndexes },
  { name: 'views', ...rows, message: 'Creating views.', weight: 2, sql: viewsFunctions },
  { name: 'comments', ...rows, message: 'Writing comments.', weight: 0.1, sql: comments },
];
