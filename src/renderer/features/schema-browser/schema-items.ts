import type { SchemaObjects } from '@shared/models/catalog-objects';
import type { DataType } from '@shared/models/data-type';
import type { TreeItem } from './tree-item';

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
