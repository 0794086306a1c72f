import type { Node } from 'libpg-query';
import { optionArgument, plainValue } from './options';
import type { SyntaxWalk } from './syntax-walk';

/** Tells of a foreign table, as file_fdw has them, whose reader makes the server run a program or read a file. */
export function checkForeignOptions(
  walk: SyntaxWalk,
  table: string,
  options: readonly Node[] | undefined,
): void {
  const program = plainValue(optionArgument(options, 'program'));
  const file = plainValue(optionArgument(options, 'filename'));
  if (program !== undefined) {
    walk.findings.confirm(
      'reaches-server-files',
      `From then on whoever reads ${table} runs the program "${String(program)}" on the server.`,
      table,
    );
  } else if (file !== undefined) {
    walk.findings.notice(
      'reaches-server-files',
      `From then on whoever reads ${table} reads the file "${String(file)}" on the server.`,
      table,
    );
  }
}
