import type { SchemaObjects } from '@shared/models/catalog-objects';
import type { DataType } from '@shared/models/data-type';
import type { Schema } from '@shared/models/schema';
import type { Sequence } from '@shared/models/sequence';
import type { Table } from '@shared/models/table';
import {
  schemaDefinition,
  sequenceDefinition,
  typeDefinition,
} from '@shared/sql/definitions/object-definitions';
import type { TreeItem } from './tree-item';

/** A schema, for its details. */
export function schemaItem(schema: Schema): TreeItem {
  return {
    sign: 'schema',
    name: schema.name,
    aside: null,
    notes: [!schema.canUse && 'No USAGE right on it.', schema.comment],
    isLocked: !schema.canUse,
    compose: () => schemaDefinition(schema),
    owner: schema.owner,
    grants: { kind: 'schema', id: schema.name },
  };
}

/** A sequence, for its details. */
export function sequenceItem(table: Table, sequence: Sequence): TreeItem {
  return {
    sign: 'sequence',
    name: table.name,
    aside: sequence.lastValue,
    notes: [...sequenceNotes(sequence), table.comment],
    isLocked: !sequence.canRead,
    compose: () => sequenceDefinition(sequence),
    owner: table.owner,
    grants: { kind: 'sequence', id: String(table.oid) },
  };
}

/** What there is to say of the state of a sequence. */
export function sequenceNotes(sequence: Sequence): readonly (string | false)[] {
  const { lastValue, ownedBy } = sequence;
  return [
    sequence.isLocked
      ? 'Another session is changing it.'
      : lastValue === null
        ? sequence.canRead && 'No value given out yet.'
        : `last value ${lastValue}`,
    `${sequence.type} from ${sequence.minimum} to ${sequence.maximum}, begins at ${sequence.start}, steps of ${sequence.increment}`,
    sequence.cycles && 'It begins anew at its end.',
    ownedBy !== null &&
      `belongs to the column ${ownedBy.schema}.${ownedBy.table}.${ownedBy.column}`,
  ];
}

/** The functions, procedures and aggregates of a schema as items. */
export function routineItems({ routines }: SchemaObjects): readonly TreeItem[] {
  return routines.map((routine) => ({
    sign: routine.kind,
    name: routine.name,
    id: String(routine.oid),
    aside: `(${routine.identityArguments})`,
    notes: [
      `${routine.kind} (${routine.arguments})`,
      routine.result !== null && `returns ${routine.result}`,
      `${routine.language}, ${routine.volatility}${routine.isSecurityDefiner ? ', security definer' : ''}`,
      routine.extension !== null && `of the extension ${routine.extension}`,
      !routine.canExecute && 'No EXECUTE right on it.',
      routine.comment,
    ],
    isLocked: !routine.canExecute,
    owner: routine.owner,
    grants: { kind: 'routine', id: String(routine.oid) },
    routine: routine.oid,
  }));
}

/** The types of a schema as items: an enum unfolds to its labels, a composite type to its attributes. */
export function typeItems({ types }: SchemaObjects): readonly TreeItem[] {
  return types.map((type) => ({
    sign: 'type',
    name: type.name,
    id: String(type.oid),
    aside: asideOf(type),
    notes: [
      type.kind,
      ...notesOf(type),
      type.extension !== null && `of the extension ${type.extension}`,
      type.comment,
    ],
    compose: () => typeDefinition(type),
    owner: type.owner,
    grants: { kind: 'type', id: String(type.oid) },
    parts: partsOf(type),
  }));
}

function asideOf(type: DataType): string {
  switch (type.kind) {
    case 'domain':
      return type.baseType;
    case 'range':
      return `range of ${type.subtype}`;
    case 'enum':
    case 'composite':
    case 'base':
      return type.kind;
  }
}

function notesOf(type: DataType): readonly (string | false)[] {
  switch (type.kind) {
    case 'enum':
      return [type.labels.join(', ')];
    case 'composite':
      return type.attributes.map(({ name, type: attribute }) => `${name} ${attribute}`);
    case 'domain':
      return [
        `of ${type.baseType}`,
        !type.nullable && 'NOT NULL',
        type.default !== null && `default ${type.default}`,
      ];
    case 'range':
      return [`of ${type.subtype}`, `multirange ${type.multirange}`];
    case 'base':
      return [];
  }
}

function partsOf(type: DataType): readonly TreeItem[] {
  switch (type.kind) {
    case 'enum':
      return type.labels.map((label) => ({ sign: 'label', name: label, aside: null, notes: [] }));
    case 'composite':
      return type.attributes.map((attribute) => ({
        sign: 'attribute',
        name: attribute.name,
        aside: attribute.type,
        notes: [attribute.type, attribute.collation !== null && `collation ${attribute.collation}`],
      }));
    case 'domain':
      return type.checks.map(({ name, definition }) => ({
        sign: 'check',
        name,
        aside: definition.replace(/^CHECK /u, ''),
        notes: [definition],
        definition,
      }));
    case 'range':
    case 'base':
      return [];
  }
}
