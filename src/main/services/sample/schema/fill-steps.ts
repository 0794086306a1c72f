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

const schema = { step: 'creating schema', message: 'Creating the tables.', weight: 1 } as const;
const rows = { step: 'loading rows' } as const;

/** Everything that fills the database, in order; all in one transaction. */
export const fillSteps: readonly FillStep[] = [
  { name: 'shop', ...schema, sql: shop },
  { name: 'warehouse and analytics', ...schema, sql: warehouseAnalytics },
  { name: 'words', ...schema, sql: words },
  { name: 'catalogue', ...rows, message: 'Writing books.', weight: 8, sql: catalogueRows },
  { name: 'orders', ...rows, message: 'Taking orders.', weight: 20, sql: orderRows },
  { name: 'warehouse', ...rows, message: 'Moving stock.', weight: 12, sql: warehouseRows },
  { name: 'analytics', ...rows, message: 'Counting visitors.', weight: 15, sql: analyticsRows },
  { name: 'keys', ...rows, message: 'Building keys and indexes.', weight: 20, sql: keysIndexes },
  { name: 'views', ...rows, message: 'Creating views.', weight: 3, sql: viewsFunctions },
  { name: 'comments', ...rows, message: 'Writing comments.', weight: 1, sql: comments },
];
