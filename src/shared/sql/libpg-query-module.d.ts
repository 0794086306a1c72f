/**
 * The Emscripten module inside libpg-query. The package's own wrapper makes one instance for ever;
 * the factory is used directly so that a damaged instance can be replaced.
 */
declare module 'libpg-query/wasm/libpg-query.js' {
  export interface LibpgQueryModule {
    /** Replaced by Emscripten whenever the memory grows: read it anew after each call. */
    readonly HEAPU8: Uint8Array;
    readonly HEAPU32: Uint32Array;
    UTF8ToString(pointer: number): string;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    /** Returns a PgQueryParseResult: { parse_tree, stderr_buffer, error } as three pointers. */
    _wasm_parse_query_raw(text: number): number;
    _wasm_free_parse_result(result: number): void;
    /** Returns a C string: JSON, or an error message that does not begin with a brace. */
    _wasm_parse_plpgsql(text: number): number;
    _wasm_free_string(text: number): void;
  }
  export interface LibpgQueryOptions {
    /** Where a file of the package is; beside the module when it is left out. */
    readonly locateFile?: (name: string) => string;
  }
  export default function createModule(options?: LibpgQueryOptions): Promise<LibpgQueryModule>;
}
