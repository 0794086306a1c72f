import type { ConnectionSettings } from '../../../src/main/db/session/connection-settings';
import { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { HealthService } from '../../../src/main/services/health-service';

/** A registry with one open connection, called "test". Close it with `registry.closeAll()`. */
export async function openConnection(
  settings: ConnectionSettings,
): Promise<{ readonly registry: ConnectionRegistry; readonly connectionId: string }> {
  const registry = new ConnectionRegistry({ health: new HealthService() });
  const { connectionId } = await registry.open(settings, {
    profileId: null,
    origin: 'environment',
    name: 'test',
    color: 'gray',
    environment: 'local',
  });
  return { registry, connectionId };
}
