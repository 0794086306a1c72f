import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { keywordCompletionSource } from '@codemirror/lang-sql';
import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import type { Schema } from '@shared/models/schema';
import type { Column, Table } from '@shared/models/table';
import { readableIdentifier } from '@shared/sql/identifiers';
import { useSettings } from '../../../api/settings';
import { printable } from '../../../components/printable';
import { completedDialect } from '../../../components/sql-dialect';
import type { Catalog } from './catalog-cache';
import { foldName, type ReferencedTable, referencedTables } from './referenced-tables';

/** Relations that are offered at once: a list of 20,000 would take longer to show than to type. */
const maxTables = 150;
/** The schema whose relations are offered by their bare names. */
const defaultSchema = 'public';

const lowerKeywords = keywordCompletionSource(completedDialect, false);
const upperKeywords = keywordCompletionSource(completedDialect, true);

const nameChain =
  /(?:(?:[\p{L}_][\p{L}\p{N}_$]*|"(?:[^"]|"")*")\.)*(?:"(?:[^"]|"")*|[\p{L}\p{N}_$]*)$/u;
const opaque = new Set(['String', 'LineComment', 'BlockComment', 'Number']);

/** A chain of names before the cursor: `a.b.par` has the parents a and b. */
export interface TypedName {
  readonly parents: readonly string[];
  readonly partial: string;
  /** Characters of the partial name, with its opening quote. */
  readonly length: number;
}

/** Reads the name that is being typed at the end of a text. */
export function typedName(before: string): TypedName {
  const chain = nameChain.exec(before)?.[0] ?? '';
  const parts = chain.match(/"(?:[^"]|"")*"?|[^."]+|(?<=\.)$/gu) ?? [];
  const endsWithDot = chain.endsWith('.');
  const last = endsWithDot ? '' : (parts.pop() ?? '');
  const parents = parts.filter((part) => part !== '').map(foldName);
  return { parents, partial: last.startsWith('"') ? last.slice(1) : last, length: last.length };
}

/** Names that match what was typed: those that begin with it before those that contain it. */
export function matchingNames<T extends { readonly name: string }>(
  items: readonly T[],
  partial: string,
  limit: number,
): T[] {
  const wanted = partial.toLowerCase();
  const starting: T[] = [];
  const containing: T[] = [];
  for (const item of items) {
    const at = item.name.toLowerCase().indexOf(wanted);
    if (at === 0) starting.push(item);
    else if (at > 0 && containing.length < limit) containing.push(item);
    if (starting.length >= limit) break;
  }
  return [...starting, ...containing].slice(0, limit);
}

/** Completes key words, schemas, relations and columns from a connection's catalog. */
export function sqlCompletion(
  catalog: () => Catalog | null,
): (context: CompletionContext) => Promise<CompletionResult | null> {
  return async (context) => {
    const { state, pos } = context;
    if (opaque.has(syntaxTree(state).resolveInner(pos, -1).name)) return null;
    const line = state.doc.lineAt(pos);
    const name = typedName(line.text.slice(Math.max(0, pos - line.from - 300), pos - line.from));
    if (name.parents.length === 0 && name.partial === '' && !context.explicit) return null;
    const known = catalog();
    if (known === null) return null;
    const referenced = referencedTables(statementText(state, pos));
    const options =
      name.parents.length === 0
        ? [
            ...(await topLevelOptions(known, referenced, name.partial)),
            ...(await keywordOptions(context, name.partial)),
          ]
        : await memberOptions(known, referenced, name);
    if (context.aborted || options.length === 0) return null;
    return { from: pos - name.length, options };
  };
}

/** The text of the statement around a position, as far as the highlighter's grammar tells. */
function statementText(state: EditorState, position: number): string {
  let node = syntaxTree(state).resolveInner(position, -1);
  while (node.parent !== null && node.name !== 'Statement') node = node.parent;
  const from = Math.max(node.from, position - 20_000);
  return state.doc.sliceString(from, Math.min(node.to, position + 20_000));
}

async function keywordOptions(
  context: CompletionContext,
  partial: string,
): Promise<readonly Completion[]> {
  const { keywordCase } = useSettings.getState();
  const typedUpper = partial !== '' && partial === partial.toUpperCase();
  const isUpper = keywordCase === 'as-typed' ? typedUpper : keywordCase === 'upper';
  const result = await (isUpper ? upperKeywords : lowerKeywords)(context);
  const options = result?.options ?? [];
  return options.map((option) => Object.assign({}, option, { boost: -60 }));
}

async function topLevelOptions(
  catalog: Catalog,
  referenced: readonly ReferencedTable[],
  partial: string,
): Promise<Completion[]> {
  const schemas = await catalog.schemas();
  const userSchemas = schemas.filter((schema) => !schema.isSystem);
  const tables = await Promise.all(userSchemas.map((schema) => catalog.tables(schema.name)));
  const columns = await columnsOf(catalog, referenced);
  return [
    ...columns.map((column) => columnOption(column, 40)),
    ...referenced
      .filter(({ alias, table }) => alias !== table)
      .map(({ alias, table }) => ({ label: alias, detail: table, type: 'variable', boost: 30 })),
    ...matchingNames(tables.flat().filter(isRead), partial, maxTables).map(topLevelTable),
    ...matchingNames(schemas, partial, maxTables).map(schemaOption),
  ];
}

async function memberOptions(
  catalog: Catalog,
  referenced: readonly ReferencedTable[],
  { parents, partial }: TypedName,
): Promise<Completion[]> {
  const [first = '', second] = parents;
  if (second !== undefined) {
    const columns = await catalog.columns(first, second);
    return columns.map((column) => columnOption(column, 0));
  }
  // A name before a dot may be both: a schema that is being typed after FROM reads like a relation.
  const byAlias = referenced.filter(({ alias }) => alias === first);
  const columns = await columnsOf(catalog, byAlias);
  const schemas = await catalog.schemas();
  const isSchema = schemas.some((schema) => schema.name === first);
  const tables = isSchema ? await catalog.tables(first) : [];
  return [
    ...columns.map((column) => columnOption(column, 0)),
    ...matchingNames(tables, partial, maxTables).map(memberTable),
  ];
}

/** The columns of the relations that exist; a name that is not one gives none. */
async function columnsOf(
  catalog: Catalog,
  referenced: readonly ReferencedTable[],
): Promise<Column[]> {
  const columns = await Promise.all(
    referenced.slice(0, 12).map(async ({ schema, table }) => {
      const found = await findTable(catalog, schema, table);
      return found === null ? [] : catalog.columns(found.schema, found.name);
    }),
  );
  const seen = new Set<string>();
  return columns.flat().filter(({ name }) => !seen.has(name) && seen.add(name));
}

async function findTable(
  catalog: Catalog,
  schema: string | null,
  table: string,
): Promise<Table | null> {
  const schemas = await catalog.schemas();
  const candidates = schemas
    .filter(({ name }) => (schema === null ? true : name === schema))
    .sort((a, b) => Number(b.name === defaultSchema) - Number(a.name === defaultSchema));
  for (const candidate of candidates) {
    if (schema === null && candidate.isSystem && candidate.name !== 'pg_catalog') continue;
    const tables = await catalog.tables(candidate.name);
    const found = tables.find(({ name }) => name === table);
    if (found !== undefined) return found;
  }
  return null;
}

/** A sequence is seldom read from, and one name in three may be a sequence's. */
const isRead = (table: Table): boolean => table.kind !== 'sequence';

/** A name of the server as a completion has it: found by its own letters, shown with all that it holds. */
function shownAs(name: string): Pick<Completion, 'label' | 'displayLabel'> {
  const shown = printable(name);
  return shown === name ? { label: name } : { label: name, displayLabel: shown };
}

function schemaOption({ name }: Schema): Completion {
  return {
    ...shownAs(name),
    apply: readableIdentifier(name),
    detail: 'schema',
    type: 'namespace',
  };
}

function columnOption(column: Column, boost: number): Completion {
  return {
    ...shownAs(column.name),
    apply: readableIdentifier(column.name),
    detail: column.type,
    type: 'property',
    boost,
  };
}

function tableOption(table: Table): Completion {
  return { ...shownAs(table.name), detail: table.kind, type: 'class' };
}

function memberTable(table: Table): Completion {
  return { ...tableOption(table), apply: readableIdentifier(table.name) };
}

function topLevelTable(table: Table): Completion {
  const name = readableIdentifier(table.name);
  const isDefault = table.schema === defaultSchema;
  return {
    ...tableOption(table),
    apply: isDefault ? name : `${readableIdentifier(table.schema)}.${name}`,
    detail: isDefault ? table.kind : `${table.schema} · ${table.kind}`,
    boost: isDefault ? 20 : 10,
  };
}
