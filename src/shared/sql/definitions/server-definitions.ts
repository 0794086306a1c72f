import type { EventTrigger } from '../../models/event-trigger';
import type { Extension } from '../../models/extension';
import type { ForeignServer } from '../../models/foreign-server';
import type { Publication, Subscription } from '../../models/replication';
import type { Role } from '../../models/role';
import type { Tablespace } from '../../models/tablespace';
import { readableIdentifier as name } from '../identifiers';
import { literal, path, statement } from './object-definitions';

/*
 * Statements for what belongs to the whole database or its server. What may be a secret was never
 * read, so that it is missing here: a comment says so where it has to be filled in.
 */

/** CREATE EXTENSION. */
export function extensionDefinition({ name: extension, schema, version }: Extension): string {
  return statement(`CREATE EXTENSION ${name(extension)}`, [
    `WITH SCHEMA ${name(schema)}`,
    `VERSION ${literal(version)}`,
  ]);
}

/** CREATE PUBLICATION. */
export function publicationDefinition(publication: Publication): string {
  const tables = publication.tables.map(({ schema, name: table, columns, filter }) => {
    const only = columns.length === 0 ? '' : ` (${columns.map(name).join(', ')})`;
    return `${path(schema, table)}${only}${filter === null ? '' : ` WHERE (${filter})`}`;
  });
  const contents = [
    tables.length > 0 && `TABLE ${tables.join(',\n    ')}`,
    publication.schemas.length > 0 &&
      `TABLES IN SCHEMA ${publication.schemas.map(name).join(', ')}`,
  ].filter((part): part is string => part !== false);
  const options = [
    `publish = ${literal(publication.publishes.join(', '))}`,
    publication.viaRoot && 'publish_via_partition_root = true',
    publication.publishesGenerated && 'publish_generated_columns = stored',
  ].filter(Boolean);
  return statement(`CREATE PUBLICATION ${name(publication.name)}`, [
    publication.allTables
      ? 'FOR ALL TABLES'
      : contents.length > 0 && `FOR ${contents.join(',\n    ')}`,
    `WITH (${options.join(', ')})`,
  ]);
}

/** CREATE SUBSCRIPTION, without its connection string. */
export function subscriptionDefinition(subscription: Subscription): string {
  const slot = subscription.slotName;
  return statement(`CREATE SUBSCRIPTION ${name(subscription.name)}`, [
    `CONNECTION '' /* not shown: it may hold a password */`,
    `PUBLICATION ${subscription.publications.map(name).join(', ')}`,
    `WITH (enabled = ${subscription.isEnabled}, slot_name = ${slot === null ? 'NONE' : literal(slot)})`,
  ]);
}

/** What turns a trigger or a rule on or off; null where it is as made. */
export const firingClauses = {
  origin: null,
  always: 'ENABLE ALWAYS',
  replica: 'ENABLE REPLICA',
  disabled: 'DISABLE',
} as const;

/** CREATE EVENT TRIGGER, and what turns it off or on where it is not as made. */
export function eventTriggerDefinition(trigger: EventTrigger): string {
  const create = statement(`CREATE EVENT TRIGGER ${name(trigger.name)} ON ${trigger.event}`, [
    trigger.tags.length > 0 && `WHEN TAG IN (${trigger.tags.map(literal).join(', ')})`,
    `EXECUTE FUNCTION ${path(trigger.function.schema, trigger.function.name)}()`,
  ]);
  const clause = firingClauses[trigger.firing];
  return clause === null
    ? create
    : `${create}\nALTER EVENT TRIGGER ${name(trigger.name)} ${clause};`;
}

/** CREATE SERVER, with the names of its options alone. */
export function foreignServerDefinition(server: ForeignServer): string {
  const options = server.optionNames.map((option) => `${name(option)} ''`);
  return statement(`CREATE SERVER ${name(server.name)}`, [
    server.type !== null && `TYPE ${literal(server.type)}`,
    server.version !== null && `VERSION ${literal(server.version)}`,
    `FOREIGN DATA WRAPPER ${name(server.wrapper)}`,
    options.length > 0 &&
      `OPTIONS (${options.join(', ')}) /* values not shown: they may be secret */`,
  ]);
}

/** CREATE ROLE, without its password, and its memberships. */
export function roleDefinition(role: Role): string {
  const attribute = (has: boolean, word: string): string => (has ? word : `NO${word}`);
  const create = statement(`CREATE ROLE ${name(role.name)} WITH`, [
    [
      attribute(role.canLogin, 'LOGIN'),
      attribute(role.isSuperuser, 'SUPERUSER'),
      attribute(role.canCreateDatabases, 'CREATEDB'),
      attribute(role.canCreateRoles, 'CREATEROLE'),
      attribute(role.inherits, 'INHERIT'),
      attribute(role.canReplicate, 'REPLICATION'),
      attribute(role.bypassesRowSecurity, 'BYPASSRLS'),
    ].join(' '),
    role.connectionLimit !== null && `CONNECTION LIMIT ${role.connectionLimit}`,
    role.validUntil !== null && `VALID UNTIL ${literal(role.validUntil)}`,
  ]);
  return [
    create,
    ...role.memberOf.map((parent) => `GRANT ${name(parent)} TO ${name(role.name)};`),
  ].join('\n');
}

/** CREATE TABLESPACE; null for those that come with the server. */
export function tablespaceDefinition(tablespace: Tablespace): string | null {
  if (tablespace.location === null) return null;
  const { options } = tablespace;
  return statement(`CREATE TABLESPACE ${name(tablespace.name)}`, [
    `OWNER ${name(tablespace.owner)}`,
    `LOCATION ${literal(tablespace.location)}`,
    options.length > 0 && `WITH (${options.join(', ')})`,
  ]);
}
