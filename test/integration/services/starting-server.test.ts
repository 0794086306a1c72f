import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { HealthService } from '../../../src/main/services/health-service';
import { createDatabase, type TestDatabase } from '../database';
import { failureOf } from '../db/failure-of';
import { TcpProxy } from '../tcp-proxy';

const label = {
  profileId: null,
  origin: 'profile',
  name: 'Test',
  color: 'gray',
  environment: 'local',
} as const;

let database: TestDatabase;
let proxy: TcpProxy;
let registry: ConnectionRegistry;

beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  proxy = await TcpProxy.start(inject('postgres'));
  registry = new ConnectionRegistry({ health: new HealthService() });
});
afterEach(async () => {
  await registry.closeAll();
  await proxy.close();
});

const open = () => registry.open({ ...database.settings, port: proxy.port }, label);

it('that starts up is given a moment', async () => {
  proxy.startingUpFor = 2;
  expect(await open()).toMatchObject({ name: 'Test' });
});

it('that accepts no connections is told at once', async () => {
  proxy.refuses = true;
  expect((await failureOf(open())).kind).toBe('ConnectionFailed');
  expect(proxy.accepted).toBe(1);
});
