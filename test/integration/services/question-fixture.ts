import { randomUUID } from 'node:crypto';
import type { ConnectionSettings } from '../../../src/main/db/session/connection-settings';
import { ConnectionRegistry } from '../../../src/main/services/connections/connection-registry';
import { DatabaseService } from '../../../src/main/services/db-service';
import { HealthService } from '../../../src/main/services/health-service';
import type {
  ConfirmationAnswer,
  ConfirmationRequest,
} from '../../../src/main/services/query/confirmation/confirmation';
import { loadParser } from '../../../src/main/sql/parser';
import type { EnvironmentLabel } from '../../../src/shared/models/connection-profile';
import type { QueryRun } from '../../../src/shared/models/query-result';

/** One editor tab of a connection, with a person who answers every question in the same way. */
export class Tab {
  readonly tabId = randomUUID();
  /** What was asked so far. */
  readonly asked: ConfirmationRequest[] = [];
  answer: ConfirmationAnswer = { choice: 'cancel', waive: false };
  executionId = randomUUID();
  /** Called when the first statement of a run is about to be sent. */
  onSending: (() => void) | undefined;

  constructor(
    private readonly service: DatabaseService,
    private readonly connectionId: string,
  ) {}

  /** Runs a text with this answer. */
  run(text: string, choice: ConfirmationAnswer['choice'], waive = false): Promise<QueryRun> {
    this.answer = { choice, waive };
    this.executionId = randomUUID();
    return this.service.executeQuery(
      this.connectionId,
      { tabId: this.tabId, executionId: this.executionId, text, target: { kind: 'all' } },
      {
        confirm: (request) => {
          this.asked.push(request);
          return Promise.resolve(this.answer);
        },
        onProgress: () => undefined,
        ...(this.onSending && { onSending: this.onSending }),
      },
    );
  }

  /** Runs what must succeed, saying yes to every question. */
  async setUp(text: string): Promise<void> {
    const { outcomes } = await this.run(text, 'run');
    const failed = outcomes.find(({ status }) => status !== 'done');
    if (failed !== undefined) throw new Error(JSON.stringify(failed));
  }

  /** The question that a text leads to; it is answered with no. */
  async questionOf(text: string): Promise<ConfirmationRequest> {
    const before = this.asked.length;
    await this.run(text, 'cancel');
    const asked = this.asked[before];
    if (asked === undefined) throw new Error(`Nothing was asked before: ${text}`);
    return asked;
  }

  /** Stops the last run. */
  cancel(): Promise<void> {
    return this.service.cancelQuery(this.executionId);
  }

  close(): Promise<void> {
    return this.service.closeTab(this.connectionId, this.tabId);
  }
}

/** Services with open connections, as the app has them. */
export class QueryServices {
  readonly registry: ConnectionRegistry;
  readonly service: DatabaseService;

  private constructor(registry: ConnectionRegistry) {
    this.registry = registry;
    this.service = new DatabaseService(registry);
  }

  static async start(): Promise<QueryServices> {
    await loadParser();
    return new QueryServices(new ConnectionRegistry({ health: new HealthService() }));
  }

  /** Opens a connection and gives its id. */
  async connect(
    settings: ConnectionSettings,
    environment: EnvironmentLabel = 'local',
  ): Promise<string> {
    const { connectionId } = await this.registry.open(settings, {
      profileId: null,
      origin: 'environment',
      name: 'EU-1',
      color: 'gray',
      environment,
    });
    return connectionId;
  }

  /** A tab on a connection. */
  tab(connectionId: string): Tab {
    return new Tab(this.service, connectionId);
  }

  stop(): Promise<void> {
    return this.registry.closeAll();
  }
}
