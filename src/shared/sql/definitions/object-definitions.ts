import { sqlLiteral } from '../../formats/sql-literal';
import type { DataType } from '../../models/data-type';
import type { Schema } from '../../models/schema';
import type { Sequence } from '../../models/sequence';
import type { Policy } from '../../models/table-attachments';
import { readableIdentifier as name } from '../identifiers';

/*
 * The statements that make objects for which the server prints none. They are for reading, and for
 * running again: owner, rights and comments are told beside them.
 */

/** The OID of text, for literals of that type. */
const textOid = 25;
export const literal = (text: string): string => sqlLiteral(text, textOid);

/** A name with its schema, each quoted where it has to be. */
export const path = (schema: string, relation: string): string =>
  `${name(schema)}.${name(relation)}`;

/** A statement over several lines: the first one, and its clauses. */
export function statement(head: string, clauses: readonly (string | false | null)[]): string {
  const lines = clauses.filter((clause): clause is string => typeof clause === 'string');
  return `${[head, ...lines].join('\n  ')};`;
}

/** CREATE SCHEMA. */
export function schemaDefinition(schema: Schema): string {
  return `CREATE SCHEMA ${name(schema.name)} AUTHORIZATION ${name(schema.owner)};`;
}

/** CREATE SEQUENCE with all that it could leave out; the value that it stands at is not part of it. */
export function sequenceDefinition(
  sequence: Omit<Sequence, 'lastValue' | 'canRead' | 'isLocked'>,
): string {
  const { ownedBy } = sequence;
  return statement(`CREATE SEQUENCE ${path(sequence.schema, sequence.name)}`, [
    `AS ${sequence.type}`,
    `INCREMENT BY ${sequence.increment}`,
    `MINVALUE ${sequence.minimum}`,
    `MAXVALUE ${sequence.maximum}`,
    `START WITH ${sequence.start}`,
    `CACHE ${sequence.cache}`,
    sequence.cycles ? 'CYCLE' : 'NO CYCLE',
    ownedBy && `OWNED BY ${path(ownedBy.schema, ownedBy.table)}.${name(ownedBy.column)}`,
  ]);
}

/** CREATE TYPE or CREATE DOMAIN; null for a type that is written in C. */
export function typeDefinition(type: DataType): string | null {
  const typeName = path(type.schema, type.name);
  switch (type.kind) {
    case 'enum':
      return `CREATE TYPE ${typeName} AS ENUM (${listed(type.labels.map(literal))});`;
    case 'composite':
      return `CREATE TYPE ${typeName} AS (${listed(
        type.attributes.map(
          (attribute) =>
            `${name(attribute.name)} ${attribute.type}${
              attribute.collation === null ? '' : ` COLLATE ${attribute.collation}`
            }`,
        ),
      )});`;
    case 'domain':
      return domainDefinition(typeName, type);
    case 'range':
      return `CREATE TYPE ${typeName} AS RANGE (${listed([
        `SUBTYPE = ${type.subtype}`,
        `MULTIRANGE_TYPE_NAME = ${type.multirange}`,
        ...type.options.map(([option, value]) => `${option} = ${value}`),
      ])});`;
    case 'base':
      return null;
  }
}

/** CREATE DOMAIN takes no check that is not valid: it is added afterwards. */
function domainDefinition(
  domain: string,
  type: Extract<DataType, { readonly kind: 'domain' }>,
): string {
  const isUnchecked = ({ definition }: { readonly definition: string }): boolean =>
    definition.endsWith(' NOT VALID');
  const clauses = (checks: typeof type.checks): readonly string[] =>
    checks.map((check) => `CONSTRAINT ${name(check.name)} ${check.definition}`);
  return [
    statement(`CREATE DOMAIN ${domain} AS ${type.baseType}`, [
      type.collation !== null && `COLLATE ${type.collation}`,
      type.default !== null && `DEFAULT ${type.default}`,
      !type.nullable && 'NOT NULL',
      ...clauses(type.checks.filter((check) => !isUnchecked(check))),
    ]),
    ...clauses(type.checks.filter(isUnchecked)).map(
      (clause) => `ALTER DOMAIN ${domain} ADD ${clause};`,
    ),
  ].join('\n');
}

function listed(parts: readonly string[]): string {
  return parts.length === 0 ? '' : `\n  ${parts.join(',\n  ')}\n`;
}

/** CREATE POLICY on a table. */
export function policyDefinition(schema: string, table: string, policy: Policy): string {
  const roles = policy.roles.length === 0 ? ['PUBLIC'] : policy.roles.map(name);
  return statement(`CREATE POLICY ${name(policy.name)} ON ${path(schema, table)}`, [
    `AS ${policy.isPermissive ? 'PERMISSIVE' : 'RESTRICTIVE'}`,
    `FOR ${policy.command.toUpperCase()}`,
    `TO ${roles.join(', ')}`,
    policy.using !== null && `USING (${policy.using})`,
    policy.withCheck !== null && `WITH CHECK (${policy.withCheck})`,
  ]);
}
