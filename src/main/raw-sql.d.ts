/** SQL kept in files of its own and bundled as text. */
declare module '*.sql?raw' {
  const sql: string;
  export default sql;
}
