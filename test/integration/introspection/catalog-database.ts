import { afterAll, beforeAll } from 'vitest';
import { createDatabase, type TestDatabase, type TestRole } from '../database';
import { openTextClient, type TextClient } from './text-client';

/** A database for one test file, read as the application reads it. The fields are there while tests run. */
export interface CatalogDatabase {
  readonly database: TestDatabase;
  /** A login role that was granted nothing. */
  readonly role: TestRole;
  /** Reads as the superuser. */
  readonly db: TextClient;
  /** Reads as `role`. */
  readonly roleDb: TextClient;
}

/** Makes a database for the test file that calls it, and drops it in the end. */
export function useCatalogDatabase(): CatalogDatabase {
  let made: CatalogDatabase | undefined;
  const current = (): CatalogDatabase => {
    if (made === undefined) throw new Error('The database is there only while tests run.');
    return made;
  };
  beforeAll(async () => {
    const database = await createDatabase();
    const role = await database.createRole();
    made = {
      database,
      role,
      db: await openTextClient(database.settings),
      roleDb: await openTextClient(role.settings),
    };
  });
  afterAll(async () => {
    const { db, roleDb, database } = current();
    await db.close();
    await roleDb.close();
    await database.drop();
  });
  return {
    get database() {
      return current().database;
    },
    get role() {
      return current().role;
    },
    get db() {
      return current().db;
    },
    get roleDb() {
      return current().roleDb;
    },
  };
}
