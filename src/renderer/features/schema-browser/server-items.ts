import type { ServerObjects } from '@shared/models/catalog-objects';
import type { Publication } from '@shared/models/replication';
import type { Role } from '@shared/models/role';
import {
  eventTriggerDefinition,
  extensionDefinition,
  foreignServerDefinition,
  publicationDefinition,
  roleDefinition,
  subscriptionDefinition,
  tablespaceDefinition,
} from '@shared/sql/definitions/server-definitions';
import type { TreeItem } from './tree-item';

/** What the database and its server hold beside schemas, by folder. */
export function serverFolders(server: ServerObjects): readonly (readonly [string, TreeItem[]])[] {
  return [
    [
      'Extensions',
      server.extensions.map((extension) => ({
        sign: 'extension',
        name: extension.name,
        aside: extension.version,
        notes: [
          `version ${extension.version}, in the schema ${extension.schema}`,
          extension.comment,
        ],
        owner: extension.owner,
        compose: () => extensionDefinition(extension),
      })),
    ],
    ['Publications', server.publications.map(publicationItem)],
    [
      'Subscriptions',
      server.subscriptions.map((subscription) => ({
        sign: 'subscription',
        name: subscription.name,
        aside: subscription.isEnabled ? null : 'disabled',
        notes: [
          `to ${subscription.publications.join(', ')}`,
          subscription.slotName !== null && `slot ${subscription.slotName}`,
          subscription.comment,
        ],
        owner: subscription.owner,
        compose: () => subscriptionDefinition(subscription),
      })),
    ],
    [
      'Event triggers',
      server.eventTriggers.map((trigger) => ({
        sign: 'event trigger',
        name: trigger.name,
        aside: trigger.firing === 'disabled' ? 'disabled' : trigger.event,
        notes: [
          trigger.event,
          `runs ${trigger.function.schema}.${trigger.function.name}`,
          trigger.tags.length > 0 && `for ${trigger.tags.join(', ')}`,
          trigger.comment,
        ],
        owner: trigger.owner,
        compose: () => eventTriggerDefinition(trigger),
      })),
    ],
    [
      'Foreign servers',
      server.foreignServers.map((foreign) => ({
        sign: 'foreign server',
        name: foreign.name,
        aside: foreign.wrapper,
        notes: [
          `by the wrapper ${foreign.wrapper}`,
          foreign.version !== null && `version ${foreign.version}`,
          !foreign.canUse && 'No USAGE right on it.',
          foreign.comment,
        ],
        isLocked: !foreign.canUse,
        owner: foreign.owner,
        compose: () => foreignServerDefinition(foreign),
        grants: { kind: 'foreign server', id: foreign.name },
      })),
    ],
    ['Roles', server.roles.map(roleItem)],
    [
      'Tablespaces',
      server.tablespaces.map((tablespace) => ({
        sign: 'tablespace',
        name: tablespace.name,
        aside: tablespace.location,
        notes: [tablespace.location, tablespace.options.join(', '), tablespace.comment],
        owner: tablespace.owner,
        compose: () => tablespaceDefinition(tablespace),
        grants: { kind: 'tablespace', id: tablespace.name },
      })),
    ],
  ];
}

function publicationItem(publication: Publication): TreeItem {
  return {
    sign: 'publication',
    name: publication.name,
    aside: publication.allTables ? 'all tables' : null,
    notes: [
      `publishes ${publication.publishes.join(', ')}`,
      publication.schemas.length > 0 && `schemas ${publication.schemas.join(', ')}`,
      publication.comment,
    ],
    owner: publication.owner,
    compose: () => publicationDefinition(publication),
    parts: publication.tables.map(({ schema, name, columns, filter }) => ({
      sign: 'table',
      name: `${schema}.${name}`,
      aside: columns.length === 0 ? null : columns.join(', '),
      notes: [filter !== null && `WHERE ${filter}`],
    })),
  };
}

function roleItem(role: Role): TreeItem {
  const rights = [
    role.isSuperuser && 'superuser',
    role.canCreateDatabases && 'creates databases',
    role.canCreateRoles && 'creates roles',
    role.canReplicate && 'replicates',
    role.bypassesRowSecurity && 'bypasses row security',
    !role.inherits && 'does not inherit',
  ].filter(Boolean);
  return {
    sign: role.canLogin ? 'role' : 'group',
    name: role.name,
    aside: role.isSuperuser ? 'superuser' : role.canLogin ? null : 'no login',
    notes: [
      role.canLogin ? 'may log in' : 'may not log in',
      rights.length > 0 && rights.join(', '),
      role.memberOf.length > 0 && `member of ${role.memberOf.join(', ')}`,
      role.connectionLimit !== null && `at most ${role.connectionLimit} connections`,
      role.validUntil !== null && `password valid until ${role.validUntil}`,
      role.comment,
    ],
    compose: () => roleDefinition(role),
  };
}
