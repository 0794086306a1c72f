import type { Client, Connection } from 'pg';
import { Exchange } from './exchange';

/** Parse and Describe: what the server takes the parameters of a statement for. */
class ParameterQuestion extends Exchange {
  types: readonly number[] = [];
  readonly #text: string;

  constructor(text: string) {
    super();
    this.#text = text;
  }

  protected override send(connection: Connection): void {
    connection.parse({ name: '', text: this.#text, types: [] }, true);
    connection.describe({ type: 'S', name: '' }, true);
  }

  readonly take = (message: { readonly dataTypeIDs: readonly number[] }): void => {
    this.types = message.dataTypeIDs;
  };
}

/** Parse and Bind: whether a type takes a value. Bind calls the type's input function, nothing else. */
class ValueQuestion extends Exchange {
  readonly #type: number;
  readonly #value: string | null;

  constructor(type: number, value: string | null) {
    super();
    this.#type = type;
    this.#value = value;
  }

  protected override send(connection: Connection): void {
    // pg's types ask for text here; its serializer makes a number of it.
    connection.parse({ name: '', text: 'SELECT $1', types: [String(this.#type)] }, true);
    connection.bind({ portal: '', statement: '', values: [this.#value] }, true);
  }
}

/**
 * The oids of the types of `$1`, `$2`, … as the server infers them (PostgreSQL manual, "Extended
 * Query": ParameterDescription). Nothing runs. Raises what pg raises when the statement does not parse.
 */
export async function describeParameters(client: Client, text: string): Promise<readonly number[]> {
  const question = new ParameterQuestion(text);
  const { connection } = client;
  connection.on('parameterDescription', question.take);
  try {
    await question.run(client);
  } finally {
    connection.off('parameterDescription', question.take);
  }
  return question.types;
}

/** Raises what the server says of a value that the type does not take. Nothing runs. */
export async function checkValue(
  client: Client,
  type: number,
  value: string | null,
): Promise<void> {
  await new ValueQuestion(type, value).run(client);
}
