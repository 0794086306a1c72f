import createModule, { type LibpgQueryModule } from 'libpg-query/wasm/libpg-query.js';
import type { Node } from 'libpg-query';
import { readSyntaxError, writeText } from '@shared/sql/parser-memory';
import { withoutAlikeRows } from './alike-rows';
import { statementNodes } from './syntax-tree';

/** Why a text could not be examined. `position` is in UTF-16 units from the start of the text. */
export interface ParseFailure {
  readonly ok: false;
  /**
   * syntax: the grammar refuses it. too-complex: the parser ran out of stack or memory.
   * not-sendable: no PostgreSQL text can hold it (a NUL character).
   */
  readonly reason: 'syntax' | 'too-complex' | 'not-sendable';
  /** The parser's own message, for example: syntax error at or near "from". */
  readonly message: string;
  readonly position: number | null;
}

export interface ParseSuccess<T> {
  readonly ok: true;
  readonly value: T;
}

export type ParseOutcome<T> = ParseSuccess<T> | ParseFailure;

/**
 * Instances of the parser, the first being in use. A trap (stack overflow, out of memory) leaves an
 * instance with a leaked shadow stack and dangling error handlers, so it is thrown away. A fresh one
 * can only be made asynchronously while parsing is synchronous: hence the spare.
 */
let instances: readonly LibpgQueryModule[] = [];
const wantedInstances = 2;
let loading: Promise<void> | null = null;
let hasLoaded = false;

/**
 * The memory of WebAssembly grows and never shrinks: an instance that one huge statement made large
 * is replaced once it has been idle. Not at once, since a dump has many such statements. It begins
 * with 128 MB of address space, of which few are used.
 */
const largeHeapBytes = 192 * 1024 * 1024;
const idleMs = 10_000;
let idle: NodeJS.Timeout | undefined;

async function addInstance(): Promise<void> {
  const instance = await createModule();
  instances = [...instances, instance];
  hasLoaded = true;
}

/** Makes instances until there are as many as wanted; one load at a time. */
function fillInstances(wanted: number): Promise<void> {
  loading ??= (async () => {
    while (instances.length < wanted) await addInstance();
  })().finally(() => {
    loading = null;
  });
  return loading;
}

/** The spare is for later; if it cannot be made, loadParser says why once it is needed. */
function addSpare(): void {
  fillInstances(wantedInstances).catch(() => undefined);
}

/**
 * Loads PostgreSQL's parser (WebAssembly). Call it once before anything else here. Calling it again
 * is free; after a statement that was too complex it waits until there is an instance again.
 */
export async function loadParser(): Promise<void> {
  if (instances.length === 0) await fillInstances(1);
  addSpare();
}

function discardInstance(instance: LibpgQueryModule): void {
  instances = instances.filter((other) => other !== instance);
  addSpare();
}

function discardWhenIdle(instance: LibpgQueryModule): void {
  clearTimeout(idle);
  idle = setTimeout(discardInstance, idleMs, instance).unref();
}

const tooComplex: ParseFailure = {
  ok: false,
  reason: 'too-complex',
  message: 'the statement is nested too deeply or is too large to be examined',
  position: null,
};

const restarting: ParseFailure = {
  ok: false,
  reason: 'too-complex',
  message: 'the parser is starting anew after a statement that was too complex; try again',
  position: null,
};

/** Runs one call of the parser and replaces the instance if the call traps. */
function callParser<T>(
  text: string,
  call: (instance: LibpgQueryModule, pointer: number) => ParseOutcome<T>,
): ParseOutcome<T> {
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    return {
      ok: false,
      reason: 'not-sendable',
      message: 'the text holds a NUL character, which PostgreSQL cannot receive',
      position: nul,
    };
  }
  const [instance] = instances;
  if (instance === undefined) {
    if (hasLoaded) return restarting;
    throw new Error('The SQL parser is not loaded: await loadParser() first.');
  }
  try {
    const pointer = writeText(instance, text);
    const outcome = call(instance, pointer);
    instance._free(pointer);
    if (instance.HEAPU8.length > largeHeapBytes) discardWhenIdle(instance);
    return outcome;
  } catch {
    // A trap of WebAssembly, a stack overflow, or output that a damaged instance garbled.
    discardInstance(instance);
    return tooComplex;
  }
}

/** Shorter texts take some milliseconds, whatever is in them. UTF-16 units. */
const longText = 16 * 1024;

/**
 * Parses SQL with PostgreSQL's grammar: the trees of its statements, in order. Never sends anything.
 * Of a long INSERT the rows that withoutAlikeRows leaves out are not in the tree.
 */
export function parseSql(text: string): ParseOutcome<readonly Node[]> {
  // A character that no text can hold is told of wherever it stands.
  const isLong = text.length > longText && !text.includes('\0');
  const shorter = isLong ? withoutAlikeRows(text) : null;
  if (shorter !== null) {
    const outcome = parseText(shorter);
    // The place of an error is one of the whole text.
    if (outcome.ok) return outcome;
  }
  return parseText(text);
}

function parseText(text: string): ParseOutcome<readonly Node[]> {
  return callParser(text, (instance, pointer) => {
    const result = instance._wasm_parse_query_raw(pointer);
    if (result === 0) return tooComplex;
    const error = readSyntaxError(instance, text, result);
    const treePointer = instance.HEAPU32[result >>> 2] ?? 0;
    const outcome: ParseOutcome<readonly Node[]> =
      error === null
        ? { ok: true, value: statementNodes(JSON.parse(instance.UTF8ToString(treePointer))) }
        : { ok: false, reason: 'syntax', ...error };
    instance._wasm_free_parse_result(result);
    return outcome;
  });
}

/**
 * Parses a whole CREATE FUNCTION or DO statement in PL/pgSQL: the trees of its functions, in the
 * JSON form of libpg_query. The SQL within is text that parseSql takes.
 */
export function parsePlpgsql(text: string): ParseOutcome<unknown> {
  return callParser(text, (instance, pointer) => {
    const result = instance._wasm_parse_plpgsql(pointer);
    if (result === 0) return tooComplex;
    const answer = instance.UTF8ToString(result);
    instance._wasm_free_string(result);
    return answer.startsWith('{')
      ? { ok: true, value: JSON.parse(answer) }
      : { ok: false, reason: 'syntax', message: answer, position: null };
  });
}
