import { type Members, textOf } from './json-members';

/** Members that a label is made of. */
export const labelMembers: ReadonlySet<string> = new Set([
  'Node Type',
  'Strategy',
  'Partial Mode',
  'Parallel Aware',
  'Operation',
  'Join Type',
  'Command',
  'Scan Direction',
  'Index Name',
  'Relation Name',
  'Schema',
  'Alias',
  'Function Name',
  'CTE Name',
  'Subplan Name',
  'Parent Relationship',
]);

const aggregates: Readonly<Record<string, string>> = {
  Hashed: 'HashAggregate',
  Sorted: 'GroupAggregate',
  Mixed: 'MixedAggregate',
};

/** The line that EXPLAIN's text has for a node (explain.c, ExplainNode). */
export function nodeLabel(node: Members): string {
  const text = (name: string): string | null => textOf(node.get(name));
  const index = text('Index Name');
  const isBitmap = text('Node Type') === 'Bitmap Index Scan';
  const words = [
    text('Parallel Aware') === 'true' ? 'Parallel' : null,
    partialMode(text('Partial Mode')),
    nodeType(text),
    text('Scan Direction') === 'Backward' ? 'Backward' : null,
    index !== null && !isBitmap ? `using ${index}` : null,
    target(isBitmap ? index : relation(text), isBitmap ? null : text('Alias')),
  ];
  return words.filter((word) => word !== null).join(' ');
}

function partialMode(mode: string | null): string | null {
  return mode === 'Partial' || mode === 'Finalize' ? mode : null;
}

function nodeType(text: (name: string) => string | null): string {
  const type = text('Node Type') ?? '?';
  const strategy = text('Strategy');
  if (type === 'Aggregate') return aggregates[strategy ?? ''] ?? type;
  if (type === 'SetOp') {
    const command = text('Command');
    const name = strategy === 'Hashed' ? 'HashSetOp' : 'SetOp';
    return command === null ? name : `${name} ${command}`;
  }
  if (type === 'ModifyTable') return text('Operation') ?? type;
  if (type === 'Foreign Scan') {
    const operation = text('Operation');
    return operation === null || operation === 'Select' ? type : `Foreign ${operation}`;
  }
  const join = text('Join Type');
  if (join === null || join === 'Inner') return type;
  return type === 'Nested Loop' ? `${type} ${join} Join` : type.replace(/ Join$/u, ` ${join} Join`);
}

function relation(text: (name: string) => string | null): string | null {
  const name = text('Relation Name') ?? text('Function Name') ?? text('CTE Name');
  const schema = text('Schema');
  return name !== null && schema !== null ? `${schema}.${name}` : name;
}

function target(name: string | null, alias: string | null): string | null {
  if (name === null) return alias === null ? null : `on ${alias}`;
  return alias === null || name.split('.').at(-1) === alias ? `on ${name}` : `on ${name} ${alias}`;
}
